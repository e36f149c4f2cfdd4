import { formatById, FORMATS } from '#shared/formats/all.ts'
import { detectFormat } from '#shared/formats/detect.ts'
import type { Format, ReadAccount } from '#shared/formats/format.ts'
import { nearestWord } from '#shared/nearest.ts'
import { Problem } from '#shared/problem.ts'

export type Conversion = {
  /** The format that was read: the one that was named, or the one that was recognised. */
  readonly from: string
  readonly to: string
  readonly text: string
  readonly lost: readonly string[]
  readonly notes: readonly string[]
}

/**
 * Reads settings in a format that is named, or with `auto` recognised.
 * @throws Problem `usage` for an unknown format, `bad-input` for a text that is not in it
 */
export function readFormat(id: string, text: string): ReadAccount & { readonly format: Format } {
  const format = id === 'auto' ? detectFormat(text) : namedFormat(id)
  if (format === null) {
    throw new Problem('bad-input', 'this is no format that is known', {
      remedy: 'name the format: mailwright formats lists them',
    })
  }
  if (format.read === null) {
    throw new Problem('usage', `${format.name} has nothing that could be read`, { field: 'from' })
  }
  const read = format.read(text)
  if (!read.ok) {
    const { message, line } = read.error
    throw new Problem('bad-input', `${format.name}: ${message}`, line === null ? {} : { field: `line ${line}` })
  }
  return { ...read.value, format }
}

/**
 * The same account in another format. The password of the source stays behind unless `withSecret` is set: a placeholder stands for it.
 * @throws Problem as `readFormat`
 */
export function convert(from: string, to: string, text: string, withSecret = false): Conversion {
  const target = namedFormat(to)
  if (target.write === null) throw new Problem('usage', `${target.name} is only read`, { field: 'to' })
  const read = readFormat(from, text)
  const written = target.write(read.settings, withSecret ? read.password : null)
  return { from: read.format.id, to: target.id, text: written.text, lost: written.lost, notes: read.notes }
}

function namedFormat(id: string): Format {
  const format = formatById(id)
  if (format) return format
  const near = nearestWord(
    id,
    FORMATS.map(one => one.id),
  )
  throw new Problem('usage', `there is no format ${JSON.stringify(id.slice(0, 64))}`, {
    remedy: near === null ? 'mailwright formats lists them' : `did you mean ${near}?`,
  })
}
