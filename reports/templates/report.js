// The report reads without this script; it adds the filter, copying and the theme, and opens everything for printing.
(() => {
  "use strict";

  const byId = (id) => document.getElementById(id);
  const form = byId("filter");
  const PREFIX = "#findings?";
  const decode = (text) => {
    try {
      return decodeURIComponent(text);
    } catch {
      return text;
    }
  };

  const setUpFilter = () => {
    const input = byId("filter-text");
    const panel = byId("facets");
    const panelButton = byId("filter-panel");
    const openButton = byId("open-all");
    const clear = byId("filter-clear");
    const active = byId("filter-active");
    const note = byId("filter-note");
    const number = new Intl.NumberFormat("en");

    // The order of a facet's options is the numbering that the findings' data-f refers to.
    const facets = [...form.querySelectorAll("[data-facet]")].map((element) => {
      const several = element.tagName === "FIELDSET";
      const options = several
        ? [...element.querySelectorAll("label")].map((label) => {
            const box = label.querySelector("input");
            const count = label.querySelector(".count");
            return { box, value: box.value, title: label.querySelector("span").textContent, show: (n) => { count.textContent = number.format(n); } };
          })
        : [...element.options].slice(1).map((option) => {
            const title = option.textContent.replace(/ \(\d+\)$/, "");
            return { option, value: option.value, title, show: (n) => { option.textContent = `${title} (${number.format(n)})`; } };
          });
      const title = several ? element.querySelector("legend").textContent : element.parentElement.firstChild.textContent.trim();
      return { element, several, options, title, name: element.dataset.facet, shown: [], unknown: [] };
    });

    const checks = [...document.querySelectorAll(".check")].map((element) => ({
      element,
      places: element.querySelector(".places"),
      shown: -1,
      text: null,
      items: [...element.querySelectorAll(".finding")].map((finding) => ({
        element: finding,
        facets: finding.dataset.f.split(" ").map((field) => field.split(".").map(Number)),
        text: null,
        shown: true,
      })),
    }));
    const total = checks.reduce((sum, check) => sum + check.items.length, 0);

    // All words in lower case, once: what a check says of itself, and each of its findings.
    const index = () => {
      for (const check of checks) {
        if (check.text !== null) continue;
        const words = [check.element.querySelector("summary"), check.element.querySelector(".about")];
        check.text = words.map((element) => element.textContent).join(" ").toLowerCase();
        for (const item of check.items) item.text = item.element.textContent.toLowerCase();
      }
    };

    const wanted = () =>
      facets.map((facet) => {
        const chosen = new Set();
        facet.options.forEach((option, place) => {
          if (facet.several ? option.box.checked : option.option.selected) chosen.add(place);
        });
        // What an address asks for and no finding has: nothing fits.
        if (!chosen.size && facet.unknown.length) chosen.add(-1);
        return chosen;
      });
    const named = (facet, chosen, field) =>
      chosen.has(-1) ? facet.unknown : [...chosen].map((value) => facet.options[value][field]);

    const apply = () => {
      const chosen = wanted();
      const words = input.value.toLowerCase().split(/\s+/).filter(Boolean);
      if (words.length) index();
      // An option counts the findings that fit every other facet: what choosing it would show.
      const counts = facets.map((facet) => new Uint32Array(facet.options.length));
      let shown = 0;
      for (const check of checks) {
        const open = words.filter((word) => !check.text.includes(word));
        let here = 0;
        for (const item of check.items) {
          let missed = -1;
          for (let facet = 0; facet < facets.length && missed !== -2; facet += 1) {
            const set = chosen[facet];
            if (set.size && !item.facets[facet].some((value) => set.has(value))) missed = missed === -1 ? facet : -2;
          }
          const near = missed !== -2 && open.every((word) => item.text.includes(word));
          if (near) {
            for (let facet = 0; facet < facets.length; facet += 1) {
              if (missed === -1 || missed === facet) for (const value of item.facets[facet]) counts[facet][value] += 1;
            }
          }
          const fits = near && missed === -1;
          if (fits !== item.shown) {
            item.shown = fits;
            item.element.hidden = !fits;
          }
          here += fits;
        }
        if (here !== check.shown) {
          const all = check.items.length;
          check.element.hidden = here === 0;
          const of = `${number.format(all)} ${all === 1 ? "place" : "places"}`;
          check.places.textContent = here === all ? of : `${number.format(here)} of ${of}`;
          check.shown = here;
        }
        shown += here;
      }
      if (!panel.hidden) showCounts(counts, chosen);
      lastCounts = counts;
      const described = describe(chosen);
      byId("filter-count").value = `${number.format(shown)} of ${number.format(total)}`;
      byId("filter-nothing").hidden = shown > 0;
      clear.hidden = active.hidden = note.hidden = !described;
      active.textContent = described;
      note.textContent = `A filter is in force: ${described}. Only ${shown} of ${total} findings are printed.`;
    };

    let lastCounts = null;
    const showCounts = (counts, chosen) => {
      facets.forEach((facet, place) => {
        facet.options.forEach((option, value) => {
          const count = counts[place][value];
          if (facet.shown[value] !== count) {
            facet.shown[value] = count;
            option.show(count);
            if (!facet.several) option.option.disabled = !count && !chosen[place].has(value);
          }
        });
      });
    };

    const describe = (chosen) => {
      const parts = facets
        .map((facet, place) => [facet.title, named(facet, chosen[place], "title").join(" or ")])
        .filter(([, values]) => values)
        .map(([title, values]) => `${title}: ${values}`);
      if (input.value.trim()) parts.push(`Words: ${input.value.trim()}`);
      return parts.join("; ");
    };

    // The address keeps the filter: #findings?severity=critical,high&q=redis
    const address = () => {
      const chosen = wanted();
      const parts = facets
        .map((facet, place) => [facet.name, named(facet, chosen[place], "value").map(encodeURIComponent).join(",")])
        .filter(([, values]) => values)
        .map(([name, values]) => `${name}=${values}`);
      if (input.value.trim()) parts.push(`q=${encodeURIComponent(input.value.trim())}`);
      return parts.length ? PREFIX + parts.join("&") : "#findings";
    };

    const take = (query) => {
      const fields = new Map(query.split("&").filter(Boolean).map((part) => {
        const [name, ...rest] = part.split("=");
        return [name, rest.join("=")];
      }));
      input.value = decode(fields.get("q") ?? "");
      for (const facet of facets) {
        const values = new Set((fields.get(facet.name) ?? "").split(",").filter(Boolean).map(decode));
        const known = new Set(facet.options.map((option) => option.value));
        facet.unknown = [...values].filter((value) => !known.has(value));
        if (facet.several) for (const option of facet.options) option.box.checked = values.has(option.value);
        else {
          facet.element.selectedIndex = 0;
          for (const option of facet.options) if (values.has(option.value)) option.option.selected = true;
        }
      }
      apply();
    };

    const arrive = (target) => {
      target.scrollIntoView();
      // What is above may get its real height only now.
      requestAnimationFrame(() => target.scrollIntoView());
      if (!target.matches("a, button, summary")) target.tabIndex = -1;
      target.focus({ preventScroll: true });
    };

    const follow = (scroll) => {
      const hash = location.hash;
      if (hash.startsWith(PREFIX)) {
        take(hash.slice(PREFIX.length));
        if (scroll) arrive(byId("findings-title"));
        return;
      }
      if (hash === "" || hash === "#findings") take("");
      const target = hash && byId(decode(hash.slice(1)));
      if (!target) return;
      const check = target.closest(".check");
      if (check) {
        // A link to a finding that the filter hides would lead nowhere.
        if (target.hidden || check.hidden) take("");
        check.open = true;
        arrive(target);
      }
      for (let box = target.closest("details"); box; box = box.parentElement.closest("details")) box.open = true;
    };

    let waiting = 0;
    form.hidden = false;
    form.addEventListener("input", (event) => {
      const touched = event.target.closest("[data-facet]");
      for (const facet of facets) if (facet.element === touched) facet.unknown = [];
      apply();
      clearTimeout(waiting);
      // A choice is a step to go back to; letters are not.
      if (event.target === input) waiting = setTimeout(() => history.replaceState(null, "", address()), 200);
      else history.pushState(null, "", address());
    });
    form.addEventListener("reset", (event) => {
      event.preventDefault();
      clearTimeout(waiting);
      take("");
      history.pushState(null, "", "#findings");
      input.focus();
    });
    form.addEventListener("submit", (event) => event.preventDefault());
    panelButton.addEventListener("click", () => {
      panel.hidden = !panel.hidden;
      panelButton.setAttribute("aria-expanded", String(!panel.hidden));
      form.classList.toggle("wide", !panel.hidden);
      if (!panel.hidden) showCounts(lastCounts, wanted());
    });
    openButton.addEventListener("click", () => {
      const open = openButton.getAttribute("aria-pressed") !== "true";
      openButton.setAttribute("aria-pressed", String(open));
      for (const check of checks) if (!check.element.hidden || !open) check.element.open = open;
    });
    document.addEventListener("click", (event) => {
      const link = event.target.closest?.("a[href^='#']");
      if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
      const href = link.getAttribute("href");
      if (href.startsWith(PREFIX)) {
        event.preventDefault();
        if (href !== location.hash) history.pushState(null, "", href);
        follow(true);
      } else if (href === location.hash) follow(true);
    });
    addEventListener("hashchange", () => follow(false));
    apply();
    follow(true);
    setTimeout(index, 300);
  };

  if (form) setUpFilter();

  for (const block of document.querySelectorAll(".prose pre")) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "copy";
    button.textContent = "Copy";
    const holder = document.createElement("div");
    holder.className = "code";
    block.replaceWith(holder);
    holder.append(block, button);
  }
  document.addEventListener("click", async (event) => {
    const button = event.target.closest?.(".copy");
    if (!button) return;
    const block = button.previousElementSibling;
    try {
      await navigator.clipboard.writeText(block.textContent);
      button.textContent = "Copied";
    } catch {
      getSelection().selectAllChildren(block);
      button.textContent = "Selected";
    }
    setTimeout(() => { button.textContent = "Copy"; }, 2000);
  });

  const theme = byId("theme");
  const root = document.documentElement;
  const dark = matchMedia("(prefers-color-scheme: dark)");
  const showTheme = () => {
    const isDark = root.dataset.theme ? root.dataset.theme === "dark" : dark.matches;
    theme.setAttribute("aria-pressed", String(isDark));
  };
  theme.hidden = false;
  theme.addEventListener("click", () => {
    root.dataset.theme = theme.getAttribute("aria-pressed") === "true" ? "light" : "dark";
    showTheme();
  });
  dark.addEventListener("change", showTheme);
  showTheme();

  let opened = [];
  addEventListener("beforeprint", () => {
    opened = [...document.querySelectorAll("details:not([open])")];
    for (const element of opened) element.open = true;
  });
  addEventListener("afterprint", () => {
    for (const element of opened) element.open = false;
  });
})();
