// Keeps the memories of the page's WebAssembly instances, to be measured.
"use strict";
window.memories = [];
{
  const before = WebAssembly.instantiate;
  WebAssembly.instantiate = async (...parts) => {
    const made = await before.apply(WebAssembly, parts);
    memories.push((made.instance || made).exports.memory);
    return made;
  };
}
