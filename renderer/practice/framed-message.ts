/**
 * A message as the document of a sandboxed frame. The frame inherits the page's policy; this one comes on top and lets
 * nothing be fetched, so that opening a message tells nobody that it was opened.
 */
export function framedMessage(html: string): string {
  return [
    '<!doctype html><meta charset="utf-8">',
    `<meta http-equiv="Content-Security-Policy" content="default-src 'none'; img-src data:; style-src-attr 'unsafe-inline'">`,
    '<body style="margin: 12px; background: #fff; color: #111; font-family: system-ui, sans-serif">',
    html,
  ].join('\n')
}
