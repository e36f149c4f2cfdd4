/** The octets of a file as base64: a signature covers every one of them, so they must not pass through text. */
export async function toBase64(file: File): Promise<string> {
  const octets = new Uint8Array(await file.arrayBuffer())
  let text = ''
  // Function arguments are limited in number.
  for (let at = 0; at < octets.length; at += 8_192) text += String.fromCharCode(...octets.subarray(at, at + 8_192))
  return btoa(text)
}
