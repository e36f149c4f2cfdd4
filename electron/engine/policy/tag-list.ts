/** One `name=value` of a record made of tags. */
export type Tag = { readonly name: string; readonly value: string }
export type TagList = {
  readonly tags: readonly Tag[]
  /** Parts between semicolons that are no `name=value`. */
  readonly broken: readonly string[]
}

/**
 * RFC 6376 section 3.2, which DMARC, MTA-STS, TLS-RPT and BIMI took over: tags between semicolons, blanks around names
 * and values do not count, a final semicolon may stand there.
 */
export function parseTagList(text: string): TagList {
  const tags: Tag[] = []
  const broken: string[] = []
  for (const part of text.split(';')) {
    const trimmed = part.trim()
    if (trimmed === '') continue
    const at = trimmed.indexOf('=')
    const name = trimmed.slice(0, Math.max(at, 0)).trim()
    if (/^[a-z][a-z0-9_]*$/i.test(name)) tags.push({ name, value: trimmed.slice(at + 1).trim() })
    else broken.push(trimmed)
  }
  return { tags, broken }
}

/** The value of the first tag with this name; tag names are case-sensitive (RFC 6376 section 3.2). */
export function tagValue({ tags }: TagList, name: string): string | null {
  return tags.find(tag => tag.name === name)?.value ?? null
}
