import { AUTOCONFIG_MAX_CHARACTERS, parseAutoconfig, type AutoconfigServer } from '#engine/discover/autoconfig.ts'
import type { Deadline } from '#engine/net/deadline.ts'

/** Thunderbird's public database of providers. It learns the domain that is asked about, and never the address. */
export const ISPDB_URL = 'https://autoconfig.thunderbird.net/v1.1/'

/** What the database knows of a domain; nothing when it has no entry, cannot be reached or answers nonsense. */
export async function fetchAutoconfig(
  domain: string,
  deadline: Deadline,
  baseUrl: string = ISPDB_URL,
): Promise<readonly AutoconfigServer[]> {
  try {
    const response = await fetch(new URL(encodeURIComponent(domain), baseUrl), {
      signal: deadline.signal,
      // A redirect would tell the domain to somebody who was not agreed on.
      redirect: 'error',
      headers: { accept: 'text/xml, application/xml' },
    })
    if (!response.ok || !response.body) {
      await response.body?.cancel()
      return []
    }
    return parseAutoconfig(await readText(response.body))
  } catch {
    // No network, no answer in time, a redirect: all the same here, since this is one source among several.
    return []
  }
}

async function readText(body: ReadableStream<Uint8Array>): Promise<string> {
  const decoder = new TextDecoder()
  let text = ''
  for await (const chunk of body) {
    text += decoder.decode(chunk, { stream: true })
    if (text.length > AUTOCONFIG_MAX_CHARACTERS) break
  }
  return text
}
