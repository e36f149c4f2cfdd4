/** Offers a text as a file to save, through the browser's own dialog. */
export function saveFile(name: string, type: string, text: string): void {
  const url = URL.createObjectURL(new Blob([text], { type: `${type};charset=utf-8` }))
  const link = document.createElement('a')
  link.href = url
  link.download = name
  link.click()
  // The download has its own reference once the click was handled.
  setTimeout(() => URL.revokeObjectURL(url), 0)
}

/** A file name from an account's name: letters, digits, dots and hyphens only. */
export function fileNameOf(text: string): string {
  return text.replace(/[^\p{L}\p{N}.-]+/gu, '-').replace(/^[.-]+|[.-]+$/g, '') || 'mailwright'
}
