import { encodeBytes } from '#shared/msmtprc/bytes.ts'

/** Offers a text in the form of `decodeBytes` as a file with its very bytes. */
export function downloadFile(name: string, text: string): void {
  // A copy, because its buffer may be shared as far as the type knows.
  const url = URL.createObjectURL(new Blob([new Uint8Array(encodeBytes(text))], { type: 'application/octet-stream' }))
  const link = document.createElement('a')
  link.href = url
  link.download = name
  link.click()
  // The download has its own reference once the click was handled.
  setTimeout(() => URL.revokeObjectURL(url), 0)
}
