// Time runs `data-speed` times as fast for the scripts that come after this one, and the page can
// be hidden and shown. So the real code runs with its real limits, and a test needs no hour.
"use strict";
{
  const speed = Number(document.currentScript.dataset.speed || 1);
  const [later, now] = [setTimeout, Date.now];
  const begin = now();
  // WebKit's driver has its own time-out run on the page's timers; it is told by its length.
  const DRIVERS_MS = 30007;
  window.setTimeout = (work, ms, ...more) => later(work, ms === DRIVERS_MS ? ms : (ms || 0) / speed, ...more);
  Date.now = () => begin + (now() - begin) * speed;

  let hidden = false;
  Object.defineProperty(document, "hidden", { get: () => hidden, configurable: true });
  window.clock = {
    /** The page's own time: in Firefox a driver's script has a clock of its own. */
    now: () => Date.now(),
    /** In real milliseconds. */
    wait: (ms) => new Promise((done) => later(done, ms)),
    hide(value) {
      hidden = value;
      document.dispatchEvent(new Event("visibilitychange"));
    },
  };
}
