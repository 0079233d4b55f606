"use strict";
// Everything here only adds comfort: the page reads, links and switches without it.
(() => {
  const root = document.documentElement;
  const keep = (key, value) => { try { localStorage.setItem(key, value); } catch { /* private mode or a file opened from disk */ } };
  const kept = (key) => { try { return localStorage.getItem(key); } catch { return null; } };

  const setLanguage = (lang) => { root.lang = lang; root.dir = lang === "ar" ? "rtl" : "ltr"; };
  for (const name of ["lang", "theme"]) {
    const before = document.getElementById(`${name}-${kept(`riwaya-${name}`)}`);
    if (before) before.checked = true;
    for (const input of document.querySelectorAll(`input[name="${name}"]`)) {
      input.addEventListener("change", () => {
        keep(`riwaya-${name}`, input.value);
        if (name === "lang") setLanguage(input.value);
      });
    }
  }
  const chosen = document.querySelector('input[name="lang"]:checked');
  if (chosen) setLanguage(chosen.value);

  // A stretch of text that other marks cut into pieces is lit as a whole, in whatever fold it stands.
  const back = document.querySelector(".return");
  const light = () => {
    for (const old of document.querySelectorAll(".lit")) old.classList.remove("lit");
    const id = decodeURIComponent(location.hash.slice(1));
    const target = id && document.getElementById(id);
    if (!target) return;
    for (let fold = target.closest("details"); fold; fold = fold.parentElement.closest("details")) fold.open = true;
    if (!target.classList.contains("ref")) return;
    target.classList.add("lit");
    for (const piece of document.querySelectorAll(`[data-of="${CSS.escape(id)}"]`)) piece.classList.add("lit");
    target.tabIndex = -1;
    target.focus({ preventScroll: true });
    target.scrollIntoView({ block: "center" });
  };
  addEventListener("hashchange", light);
  document.addEventListener("click", (event) => {
    const link = event.target.closest('a[href^="#"]');
    if (!link) return;
    back.hidden = !/^#r\d+-/.test(link.hash);
    if (link.hash === location.hash) light();
  });
  if (back) back.addEventListener("click", () => { back.hidden = true; history.back(); });
  light();

  // The section in view is marked in the navigation.
  const places = new Map([...document.querySelectorAll(".nav a")].map((a) => [a.hash.slice(1), a]));
  if (places.size && "IntersectionObserver" in window) {
    const watch = new IntersectionObserver((entries) => {
      for (const entry of entries) {
        if (!entry.isIntersecting) continue;
        for (const a of places.values()) a.removeAttribute("aria-current");
        places.get(entry.target.id).setAttribute("aria-current", "true");
      }
    }, { rootMargin: "-20% 0px -70% 0px" });
    for (const id of places.keys()) { const section = document.getElementById(id); if (section) watch.observe(section); }
  }

  // On paper nothing stays folded.
  addEventListener("beforeprint", () => { for (const fold of document.querySelectorAll("main details:not(.set-aside)")) { fold.dataset.was = fold.open; fold.open = true; } });
  addEventListener("afterprint", () => { for (const fold of document.querySelectorAll("details[data-was]")) { fold.open = fold.dataset.was === "true"; delete fold.dataset.was; } });
})();
