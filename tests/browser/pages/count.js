// Counts what a page still holds: timers, frames, observers, connections, and listeners on what
// outlives an element.
"use strict";
{
  // WebKit's driver has its own time-out run on the page's timers; it is told by its length.
  const DRIVERS_MS = 30007;
  const held = new Map();
  const hold = (what, key) => {
    if (!held.has(what)) held.set(what, new Set());
    held.get(what).add(key);
  };
  const let_go = (what, key) => held.has(what) && held.get(what).delete(key);
  window.held = () => Object.fromEntries([...held].map(([what, keys]) => [what, keys.size]).filter(([, size]) => size));

  for (const [begin, end, once] of [
    ["setTimeout", "clearTimeout", true],
    ["setInterval", "clearInterval", false],
    ["requestAnimationFrame", "cancelAnimationFrame", true],
  ]) {
    const [start, stop] = [window[begin], window[end]];
    window[begin] = (work, ...more) => {
      if (more[0] === DRIVERS_MS) return start(work, ...more);
      const key = start((...given) => {
        if (once) let_go(begin, key);
        return work(...given);
      }, ...more);
      hold(begin, key);
      return key;
    };
    window[end] = (key) => {
      let_go(begin, key);
      stop(key);
    };
  }

  for (const name of ["ResizeObserver", "IntersectionObserver", "MutationObserver"]) {
    const { observe, disconnect, unobserve } = window[name].prototype;
    const targets = new WeakMap();
    const of = (observer) => targets.get(observer) || targets.set(observer, new Set()).get(observer);
    const count = (observer) => (of(observer).size ? hold(name, observer) : let_go(name, observer));
    Object.assign(window[name].prototype, {
      observe(target, ...more) {
        of(this).add(target);
        count(this);
        return observe.call(this, target, ...more);
      },
      disconnect() {
        of(this).clear();
        count(this);
        return disconnect.call(this);
      },
    });
    if (unobserve) {
      window[name].prototype.unobserve = function (target) {
        of(this).delete(target);
        count(this);
        return unobserve.call(this, target);
      };
    }
  }

  const { addEventListener, removeEventListener } = EventTarget.prototype;
  const numbers = new WeakMap();
  let last = 0;
  const number = (thing) => numbers.get(thing) || numbers.set(thing, (last += 1)).get(thing);
  const lasting = (target) =>
    target === window || target === undefined || target === document || target === document.fonts || target instanceof MediaQueryList;
  const key = (target, type, work) => `${number(target || window)} ${type} ${work && number(work)}`;
  EventTarget.prototype.addEventListener = function (type, work, ...more) {
    if (lasting(this)) hold("listener", key(this, type, work));
    return addEventListener.call(this || window, type, work, ...more);
  };
  EventTarget.prototype.removeEventListener = function (type, work, ...more) {
    if (lasting(this)) let_go("listener", key(this, type, work));
    return removeEventListener.call(this || window, type, work, ...more);
  };

  const { close } = EventSource.prototype;
  window.EventSource = class extends EventSource {
    constructor(...given) {
      super(...given);
      hold("EventSource", this);
    }
    close() {
      let_go("EventSource", this);
      close.call(this);
    }
  };
}
