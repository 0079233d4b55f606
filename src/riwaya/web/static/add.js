"use strict";
(() => {
  // Files that are dropped anywhere on the marked field are as if chosen; their names are shown.
  const zone = document.querySelector("[data-drop]");
  if (zone) {
    const input = zone.querySelector("input[type=file]");
    const list = zone.querySelector(".chosen");
    const show = () => list.replaceChildren(...[...input.files].slice(0, 20).map((file) => {
      const item = document.createElement("li");
      item.textContent = file.name;
      return item;
    }));
    input.addEventListener("change", show);
    for (const kind of ["dragenter", "dragover"]) zone.addEventListener(kind, (event) => { event.preventDefault(); zone.classList.add("over"); });
    for (const kind of ["dragleave", "drop"]) zone.addEventListener(kind, () => zone.classList.remove("over"));
    zone.addEventListener("drop", (event) => { event.preventDefault(); input.files = event.dataTransfer.files; show(); });
  }
  // How far a job is, until it is over.
  const look = async () => {
    const job = document.querySelector("#job[data-poll]");
    if (!job) return;
    try {
      const answer = await fetch(location.href, { headers: { "x-requested-with": "riwaya" } });
      const fresh = answer.ok && window.riwaya.parse(await answer.text()).querySelector("#job");
      if (fresh) job.replaceWith(fresh);
    } catch { /* the server is away for a moment: ask again */ }
    setTimeout(look, 700);
  };
  setTimeout(look, 500);
})();
