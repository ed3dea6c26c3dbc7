// The report reads without this script; it adds a filter, copying, and opens everything for printing.
(() => {
  "use strict";

  const form = document.getElementById("filter");
  if (form) {
    const text = document.getElementById("filter-text");
    const category = document.getElementById("filter-category");
    const count = document.getElementById("filter-count");
    const nothing = document.getElementById("filter-nothing");
    const boxes = [...form.querySelectorAll("input[name=severity]")];
    const sections = [...document.querySelectorAll(".category")];
    const findings = [...document.querySelectorAll(".finding")].map((element) => ({
      element,
      severity: element.dataset.severity,
      categories: element.dataset.categories.split(" "),
      words: `${element.textContent} ${element.closest(".check").querySelector("h4 + .meta").textContent} ${
        element.closest(".check").querySelector("h4").textContent}`.toLowerCase(),
    }));

    const apply = () => {
      const wanted = text.value.toLowerCase().split(/\s+/).filter(Boolean);
      const severities = new Set(boxes.filter((box) => box.checked).map((box) => box.value));
      let shown = 0;
      for (const finding of findings) {
        const fits =
          severities.has(finding.severity) &&
          (!category.value || finding.categories.includes(category.value)) &&
          wanted.every((word) => finding.words.includes(word));
        finding.element.hidden = !fits;
        shown += fits;
      }
      for (const section of sections) {
        for (const check of section.querySelectorAll(".check")) {
          check.hidden = !check.querySelector(".finding:not([hidden])");
        }
        section.hidden = !section.querySelector(".check:not([hidden])");
      }
      count.value = `${shown} of ${findings.length}`;
      nothing.hidden = shown > 0;
    };

    // A link to a finding that the filter hides would lead nowhere.
    const reveal = () => {
      const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
      if (target && target.closest("[hidden]")) {
        form.reset();
        apply();
        target.scrollIntoView();
      }
    };

    form.hidden = false;
    form.addEventListener("input", apply);
    form.addEventListener("reset", () => setTimeout(apply));
    form.addEventListener("submit", (event) => event.preventDefault());
    window.addEventListener("hashchange", reveal);
    apply();
  }

  for (const block of document.querySelectorAll(".prose pre")) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "copy";
    button.textContent = "Copy";
    button.addEventListener("click", async () => {
      try {
        await navigator.clipboard.writeText(block.innerText);
        button.textContent = "Copied";
      } catch {
        getSelection().selectAllChildren(block);
        button.textContent = "Selected";
      }
      setTimeout(() => { button.textContent = "Copy"; }, 2000);
    });
    const holder = document.createElement("div");
    holder.className = "code";
    block.replaceWith(holder);
    holder.append(block, button);
  }

  let opened = [];
  window.addEventListener("beforeprint", () => {
    opened = [...document.querySelectorAll("details:not([open])")];
    for (const element of opened) element.open = true;
  });
  window.addEventListener("afterprint", () => {
    for (const element of opened) element.open = false;
  });
})();
