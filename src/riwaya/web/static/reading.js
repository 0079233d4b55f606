"use strict";
// Comfort for the reading pages: words that a link leads to are lit as a whole, in whatever fold they stand.
(() => {
  const light = () => {
    const id = decodeURIComponent(location.hash.slice(1));
    const target = id && document.getElementById(id);
    if (!target) return;
    const folds = [];
    for (let fold = target.closest("details:not([open])"); fold; fold = fold.parentElement.closest("details:not([open])")) folds.push(fold);
    for (const fold of folds) fold.open = true;
    if (!target.classList.contains("ref")) {
      if (folds.length) target.scrollIntoView();
      return;
    }
    for (const old of document.querySelectorAll(".lit")) old.classList.remove("lit");
    target.classList.add("lit");
    for (const piece of document.querySelectorAll(`[data-of="${CSS.escape(id)}"]`)) piece.classList.add("lit");
    target.tabIndex = -1;
    target.focus({ preventScroll: true });
    target.scrollIntoView({ block: "center" });
  };
  addEventListener("hashchange", light);
  light();
})();
