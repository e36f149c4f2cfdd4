import type { InboxEntry, InboxMessage } from '#shared/contract/practice.ts'
import { escapeControlLines } from '#shared/escape.ts'

/*
 * Everything in a message comes from outside: it is escaped wherever it stands, and HTML parts are shown as
 * source, never as HTML.
 */

export function printInbox(entries: readonly InboxEntry[]): string {
  const rows = entries.map(
    entry => `<tr>
<td><a href="message/${escapeHtml(entry.id)}">${escapeHtml(entry.subject || '(no subject)')}</a></td>
<td>${escapeHtml(entry.mailFrom)}</td>
<td>${escapeHtml(entry.rcptTo.join(', '))}</td>
<td>${escapeHtml(entry.receivedAt)}</td>
<td>${entry.encrypted ? 'encrypted' : 'plain'}${entry.signedInAs === null ? '' : ', signed in'}</td>
</tr>`,
  )
  const table = `<table><thead><tr><th>Subject</th><th>From</th><th>To</th><th>Received</th><th>How</th></tr></thead>
<tbody>${rows.join('\n')}</tbody></table>`
  const nothing = '<p>Nothing has arrived yet. This page looks again every five seconds.</p>'
  // Without script, the page renews itself by this element.
  return page('Practice inbox', entries.length === 0 ? nothing : table, '', '<meta http-equiv="refresh" content="5">')
}

export function printMessage(message: InboxMessage): string {
  const headers = message.headers.map(({ name, value }) => `${name}: ${value}`).join('\n')
  const parts = [
    part('Envelope', `MAIL FROM:<${message.mailFrom}>\n${message.rcptTo.map(to => `RCPT TO:<${to}>`).join('\n')}`),
    part('Headers', headers),
    message.text === null ? '' : part('Text', message.text),
    message.html === null ? '' : part('HTML, as source', message.html),
    part('Source', message.source),
  ]
  return page(message.subject || '(no subject)', `<p><a href="../">All messages</a></p>${parts.join('\n')}`, '../', '')
}

export const STYLE = `:root { color-scheme: light dark; font: 15px/1.5 system-ui, sans-serif }
body { max-width: 70rem; margin: 2rem auto; padding: 0 1rem }
table { border-collapse: collapse; width: 100% }
th, td { text-align: left; padding: .4rem .6rem; border-bottom: 1px solid #8885; overflow-wrap: anywhere }
pre { padding: .8rem; border: 1px solid #8885; border-radius: 6px; overflow: auto; max-height: 40rem; white-space: pre-wrap; overflow-wrap: anywhere }
`

function page(title: string, body: string, up: string, head: string): string {
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>${escapeHtml(title)}</title><link rel="stylesheet" href="${up}style.css">${head}</head>
<body><main><h1>${escapeHtml(title)}</h1>${body}</main></body></html>
`
}

function part(title: string, text: string): string {
  return `<h2>${escapeHtml(title)}</h2><pre>${escapeHtml(text)}</pre>`
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

function escapeHtml(text: string): string {
  return escapeControlLines(text.replaceAll('\r\n', '\n')).replace(/[&<>"']/g, character => ENTITIES[character] ?? '')
}
