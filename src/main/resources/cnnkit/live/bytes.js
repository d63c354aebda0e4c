// Bytes of Java's.

/** Bytes that travelled in base64. */
export function bytes(base64) {
  return Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
}
