import { marked } from 'marked'

/** Markdown as an HTML body; the plain text of the message is the Markdown itself. */
export function markdownToHtml(markdown: string): string {
  return marked.parse(markdown, { async: false, gfm: true })
}
