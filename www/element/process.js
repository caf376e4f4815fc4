// Process: `<div data-progress-widget data-kind="bars" data-src="…">`, for pages whose editor
// strips tags that it does not know.
//
// The div gets a shadow root with a <progress-widget> in it: so the div and its children stay as
// they are, and the widget is told by the browser when the div is moved or removed. The children
// are the static picture.

/** The widget within each div. A clone has no shadow root, and so none of these. */
const hosted = new WeakMap();

/**
 * Upgrades every `[data-progress-widget]` in `root` and `root` itself, and takes over the present
 * `data-*` of those that are upgraded. Call it as often as you like. Returns the widgets.
 */
const process = (root) => {
  root = root || document;
  const selector = "[data-progress-widget]";
  const hosts = [...root.querySelectorAll(selector)];
  if (root.matches && root.matches(selector)) hosts.unshift(root);
  const widgets = [];
  for (const host of hosts) {
    let widget = hosted.get(host);
    const before = widget;
    if (!before) {
      widget = document.createElement(NAME);
      widget.appendChild(document.createElement("slot"));
    }
    for (const name of Widget.observedAttributes) {
      const value = host.getAttribute(`data-${name}`);
      if (value === null) widget.removeAttribute(name);
      else if (widget.getAttribute(name) !== value) widget.setAttribute(name, value);
    }
    if (!before) {
      try {
        host.attachShadow({ mode: "open" }).appendChild(widget);
      } catch (cause) {
        // Some tags take no shadow root, and some have one already.
        console.error("progress-widget: 此标签不能作为组件，请用 div / this tag takes no widget: use a div", host, cause);
        continue;
      }
      hosted.set(host, widget);
    }
    widgets.push(widget);
  }
  return widgets;
};
