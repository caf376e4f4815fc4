// A page whose other scripts came first: old libraries, frozen prototypes.
"use strict";
{
  // Prototype.js, MooTools and their like.
  Array.prototype.each = function (work) { this.forEach(work); };
  Object.prototype.contains = function (key) { return key in this; };
  Array.prototype.toJSON = function () { return `[${this.map((part) => JSON.stringify(part)).join()}]`; };
  String.prototype.toJSON = function () { return this.valueOf(); };
  Array.from = function (items) { return items && items.length ? Array.prototype.slice.call(items) : []; };
  for (const name of ["map", "filter", "forEach", "some", "every", "find", "indexOf"]) {
    const before = Array.prototype[name];
    Array.prototype[name] = function (...parts) { return before.apply(this, parts); };
  }
  const { fetch } = window;
  window.fetch = (...parts) => ({ then: (yes, no) => fetch(...parts).then(yes, no) });
  for (const frozen of [Object, Array, Function, String, Error, TypeError, RangeError, Promise, Map, Set, WeakMap, Uint8Array, CustomEvent]) {
    Object.freeze(frozen.prototype);
    if (frozen !== Promise) Object.freeze(frozen);
  }
}
