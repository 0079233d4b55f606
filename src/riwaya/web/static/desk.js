"use strict";
// Comfort only: every page reads, links and posts without it.
(() => {
  const policy = window.trustedTypes ? trustedTypes.createPolicy("riwaya", { createHTML: (text) => text }) : { createHTML: (text) => text };
  const parse = (text) => new DOMParser().parseFromString(policy.createHTML(text), "text/html"); // scripts in it do not run
  window.riwaya = { parse };

  // <form data-live="#results">: the answer takes its place while the reader types.
  for (const form of document.querySelectorAll("form[data-live]")) {
    let timer = 0;
    let asked = null;
    const ask = async () => {
      const query = new URLSearchParams([...new FormData(form)].filter(([, value]) => value !== ""));
      const address = `${form.action.split("?")[0]}?${query}`;
      asked?.abort();
      asked = new AbortController();
      try {
        const answer = await fetch(address, { signal: asked.signal, headers: { "x-requested-with": "riwaya" } });
        if (!answer.ok) return;
        const fresh = parse(await answer.text()).querySelector(form.dataset.live);
        const stale = document.querySelector(form.dataset.live);
        if (fresh && stale) stale.replaceChildren(...fresh.childNodes);
        history.replaceState(null, "", address);
      } catch (error) {
        if (error.name !== "AbortError") form.submit();
      }
    };
    form.addEventListener("input", () => { clearTimeout(timer); timer = setTimeout(ask, 180); });
    form.addEventListener("change", () => { clearTimeout(timer); ask(); });
  }
})();
