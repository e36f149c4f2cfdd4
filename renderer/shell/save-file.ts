/** Browsers begin to read when they like; none of them later. */
const READ_WITHIN_MS = 60_000

/** Offers a text, or its very bytes, as a file to save, through the dialog of the browser or of the window. */
export function saveFile(name: string, type: string, content: string | Uint8Array): void {
  // A copy, because the buffer of bytes may be shared as far as the type knows.
  const blob =
    typeof content === 'string'
      ? new Blob([content], { type: `${type};charset=utf-8` })
      : new Blob([new Uint8Array(content)], { type })
  const url = URL.createObjectURL(blob)
  const link = document.createElement('a')
  link.href = url
  link.download = name
  link.click()
  setTimeout(() => URL.revokeObjectURL(url), READ_WITHIN_MS)
}

/** A file name from an account's name: letters, digits, dots and hyphens only. */
export function fileNameOf(text: string): string {
  return text.replace(/[^\p{L}\p{N}.-]+/gu, '-').replace(/^[.-]+|[.-]+$/g, '') || 'mailwright'
}
