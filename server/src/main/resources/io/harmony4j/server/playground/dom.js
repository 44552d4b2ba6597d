// Elements. Text becomes text and never markup: nothing on this page sets innerHTML.

export const $ = (id) => document.getElementById(id);

/** Makes an element: properties, `class`, `data-…` and `aria-…` attributes, listeners under `on…`, then children. */
export function el(tag, properties = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (name.startsWith("on")) {
      element.addEventListener(name.slice(2), value);
    } else if (name === "class" || name === "role" || name === "for" || name === "list" || name.includes("-")) {
      element.setAttribute(name, value);
    } else {
      element[name] = value;
    }
  }
  element.append(...children.filter((child) => child !== null && child !== undefined));
  return element;
}

export function options(values, selected) {
  return values.map(([value, text = value]) => el("option", { value, textContent: text, selected: value === selected }));
}

/** Tells a screen reader. */
export function announce(text) {
  $("announcer").textContent = text;
}

export async function copy(text, what) {
  try {
    await navigator.clipboard.writeText(text);
  } catch { // no permission, or not a secure context
    const field = el("textarea", { value: text, class: "hidden" });
    document.body.append(field);
    field.select();
    document.execCommand("copy");
    field.remove();
  }
  announce(`Copied ${what}.`);
}

/** Says on a button, for a moment, that it has done its work. */
export function confirm(button, text) {
  const before = button.dataset.label ?? button.textContent;
  button.dataset.label = before;
  button.textContent = text;
  clearTimeout(button.timer);
  button.timer = setTimeout(() => (button.textContent = before), 1200);
}

/** Makes tabs of a list of buttons with `data-mode`; returns what selects one. */
export function tabs(list, selected) {
  const buttons = [...list.querySelectorAll("[role=tab]")];
  const show = (mode) => {
    for (const button of buttons) {
      const isShown = button.dataset.mode === mode;
      button.setAttribute("aria-selected", isShown);
      button.tabIndex = isShown ? 0 : -1;
      $(button.getAttribute("aria-controls")).hidden = !isShown;
    }
  };
  list.addEventListener("click", (event) => {
    const button = event.target.closest("[role=tab]");
    if (button) {
      selected(button.dataset.mode);
    }
  });
  list.addEventListener("keydown", (event) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (step) {
      const next = buttons[(buttons.indexOf(event.target) + step + buttons.length) % buttons.length];
      next.focus();
      next.click();
      event.preventDefault();
    }
  });
  return show;
}
