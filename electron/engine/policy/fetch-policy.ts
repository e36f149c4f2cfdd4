import { request } from 'node:https'
import { isIP, type LookupFunction } from 'node:net'
import { getCACertificates } from 'node:tls'
import type { Deadline } from '#engine/net/deadline.ts'
import { recordsOf } from '#engine/dns/answer.ts'
import type { Lookup } from '#engine/dns/lookup.ts'
import { err, ok, type Result } from '#shared/result.ts'

/** RFC 8461 section 3.3 suggests 64 kilobytes. */
const BODY_LIMIT_BYTES = 65_536

/** A web server that has not sent a page of text by then is out of order. */
const FETCH_MS = 15_000

export type FetchOptions = {
  /** PEM of a CA to trust beside the usual ones. */
  readonly ca?: string
  /** 443 except in tests. */
  readonly port?: number
}

/**
 * The policy file of a domain over HTTPS, with the certificate checked, no redirects (RFC 8461 section 3.3) and a bounded
 * body. The host is looked up with the same resolver as everything else. The error says what went wrong.
 */
export async function fetchPolicy(
  host: string,
  lookup: Lookup,
  deadline: Deadline,
  options: FetchOptions = {},
): Promise<Result<string, string>> {
  const [v6, v4] = await Promise.all([lookup(host, 'AAAA'), lookup(host, 'A')])
  const addresses = [...recordsOf(v6), ...recordsOf(v4)].map(({ data }) => data.address)
  if (addresses.length === 0) return err(`${host} has no address`)
  const limit = deadline.within(FETCH_MS)
  return new Promise(resolve => {
    const asked = request({
      host,
      port: options.port ?? 443,
      path: '/.well-known/mta-sts.txt',
      agent: false,
      signal: limit.signal,
      lookup: answerWith(addresses),
      ...(options.ca === undefined ? {} : { ca: [...getCACertificates('default'), options.ca] }),
    })
    asked.on('error', error => {
      const code = 'code' in error ? String(error.code) : error.message
      resolve(err(limit.signal.aborted ? 'no answer in time' : code))
    })
    asked.on('response', response => {
      if (response.statusCode !== 200) {
        response.destroy()
        resolve(err(`the server answered ${response.statusCode ?? 'nothing'}`))
        return
      }
      const chunks: Buffer[] = []
      let sizeBytes = 0
      response.on('data', (chunk: Buffer) => {
        chunks.push(chunk)
        sizeBytes += chunk.length
        if (sizeBytes <= BODY_LIMIT_BYTES) return
        response.destroy()
        resolve(err(`the file is larger than ${BODY_LIMIT_BYTES} bytes`))
      })
      response.on('end', () => resolve(ok(Buffer.concat(chunks).toString('utf8'))))
      response.on('error', error => resolve(err(error.message)))
    })
    asked.end()
  })
}

function answerWith(addresses: readonly string[]): LookupFunction {
  return (_host, { all }, callback) => {
    const found = addresses.map(address => ({ address, family: isIP(address) }))
    if (all === true) callback(null, found)
    else callback(null, found[0]?.address ?? '', found[0]?.family)
  }
}
