// Bytes: what the page or the network gives, as bytes of our own.

/** Numbers for byte arrays: widgets that hold the same array share one parsed document. */
const numbers = new WeakMap();
let lastNumber = 0;
const numberOf = (bytes) => {
  if (!numbers.has(bytes)) numbers.set(bytes, (lastNumber += 1));
  return numbers.get(bytes);
};

/** An object, a string or bytes → bytes of our own, which the page can't change later. */
const toBytes = (value, kind) => {
  let bytes;
  if (ArrayBuffer.isView(value)) {
    bytes = new Uint8Array(value.buffer, value.byteOffset, value.byteLength).slice();
  } else if (Object.prototype.toString.call(value) === "[object ArrayBuffer]") {
    bytes = new Uint8Array(value).slice();
  } else {
    let text = value;
    if (typeof value !== "string") {
      try {
        // Old libraries give arrays a `toJSON` that makes texts of them.
        text = JSON.stringify(value, function (key, said) {
          return Array.isArray(this[key]) ? this[key] : said;
        });
      } catch (cause) {
        // Still no text.
      }
    }
    if (typeof text !== "string") {
      throw problem("type", "需要对象、JSON 文本或字节", "an object, JSON text or bytes are wanted");
    }
    bytes = new TextEncoder().encode(text);
  }
  checkLength(bytes.length, kind, kind);
  return bytes;
};
