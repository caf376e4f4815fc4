// A browser that denies storage.
"use strict";
Object.defineProperty(window, "localStorage", {
  get() {
    throw new DOMException("denied", "SecurityError");
  },
});
