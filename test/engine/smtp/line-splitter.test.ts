import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { LineSplitter, LONGEST_LINE_OCTETS } from '#engine/smtp/line-splitter.ts'
import { cpuMs } from '../../support/cpu-time.ts'

function lines(pieces: readonly Buffer[]): string[] {
  const splitter = new LineSplitter()
  const found: string[] = []
  for (const piece of pieces) {
    splitter.push(piece)
    for (let next = splitter.next(); next.kind === 'line'; next = splitter.next())
      found.push(next.octets.toString('latin1'))
  }
  return found
}

test('the lines are the same however the network cuts the octets', () => {
  const octets = fc.uint8Array({ maxLength: 300 }).map(array => Buffer.from(array))
  const cuts = fc.array(fc.nat({ max: 300 }), { maxLength: 20 })
  fc.assert(
    fc.property(octets, cuts, (all, at) => {
      const edges = [0, ...at.filter(cut => cut <= all.length).sort((a, b) => a - b), all.length]
      const pieces = edges.slice(1).map((edge, index) => all.subarray(edges[index] ?? 0, edge))
      expect(lines(pieces)).toEqual(lines([all]))
    }),
  )
})

test('a line ends at LF, with or without CR; a CR elsewhere is part of it', () => {
  expect(lines([Buffer.from('a\r\nb\nc\rd\r\n\r\n')])).toEqual(['a', 'b', 'c\rd', ''])
})

test('a line that is too long is told, whether its end came or not', () => {
  for (const text of ['x'.repeat(LONGEST_LINE_OCTETS + 1), `${'x'.repeat(LONGEST_LINE_OCTETS + 1)}\n`]) {
    const splitter = new LineSplitter()
    splitter.push(Buffer.from(text))
    expect(splitter.next().kind).toBe('too-long')
  }
})

test('a whole line in single octets takes a moment, not minutes', () => {
  const splitter = new LineSplitter()
  const work = () => {
    for (let i = 0; i < LONGEST_LINE_OCTETS; i++) {
      splitter.push(Buffer.from('x'))
      splitter.next()
    }
  }
  expect(cpuMs(work)).toBeLessThan(4_000)
})
