import { afterEach, expect, test } from 'vitest'
import type { ReplayedStep } from '#shared/contract/console.ts'
import { parseScript } from '#shared/smtp/console-script.ts'
import { Deadline } from '#engine/net/deadline.ts'
import { sealSecret } from '#engine/sasl/secret.ts'
import { replayScript } from '#engine/smtp/replay-script.ts'
import { createSelfSigned } from '../../support/certificates.ts'
import { answer, playServer, type PlayedConnection, type PlayedServer } from '../../support/played-server.ts'
import { openByHand } from './console-support.ts'

let server: PlayedServer | null = null
afterEach(async () => {
  await server?.stop()
  server = null
})

const greet = async (connection: PlayedConnection) => {
  connection.say('220 mail.lab.test ESMTP')
  await answer(connection, {
    EHLO: ['250-mail.lab.test', '250-SIZE 1000', '250 STARTTLS'],
    MAIL: ['530 5.7.0 sign in first'],
    QUIT: ['221 bye'],
  })
}

async function replay(
  part: (connection: PlayedConnection) => Promise<void> | void,
  lines: readonly string[],
  { secret = null, tls = false, extraCa = '' }: { secret?: string | null; tls?: boolean; extraCa?: string } = {},
) {
  const script = parseScript(lines.join('\n'))
  if (!script.ok) throw new Error(script.error.message)
  server = await playServer(part)
  const hand = await openByHand(server.port, { tls, ...(extraCa === '' ? {} : { extraCa }) })
  const told: ReplayedStep[] = []
  const credentials = { secret: secret === null ? null : sealSecret(secret), anyway: false }
  const passed = await replayScript(script.value, hand.session, hand.answers, credentials, new Deadline(5000), step =>
    told.push(step),
  )
  hand.session.close()
  return { passed, told, hand }
}

test('a script that is answered as it expects passes, step by step', async () => {
  const { passed, told } = await replay(greet, [
    '# what the submission port offers',
    'S: 220*',
    'C: EHLO client.example',
    'S: 250*',
    'S+ *STARTTLS',
    'S- *AUTH*',
    'C: QUIT',
    'S: 221*',
  ])
  expect(passed).toBe(true)
  expect(told.map(({ line, outcome }) => [line, outcome])).toEqual([2, 3, 4, 5, 6, 7, 8].map(line => [line, 'passed']))
})

test('it fails at the first mismatch, says what came, and sends nothing more', async () => {
  const { passed, told } = await replay(greet, ['S: 220*', 'C: MAIL FROM:<a@b.example>', 'S: 250*', 'C: QUIT'])
  expect(passed).toBe(false)
  expect(told).toEqual([
    { line: 1, outcome: 'passed', detail: null },
    { line: 2, outcome: 'passed', detail: null },
    { line: 3, outcome: 'failed', detail: 'got 530 5.7.0 sign in first' },
    { line: 4, outcome: 'not-reached', detail: null },
  ])
  expect(server?.connections[0]?.received).toBe('MAIL FROM:<a@b.example>\r\n')
})

test('a line that must not come fails the script', async () => {
  const { told } = await replay(greet, ['S: 220*', 'C: EHLO client.example', 'S: 250*', 'S- *STARTTLS'])
  expect(told.at(-1)).toMatchObject({ outcome: 'failed', detail: 'the answer has the line 250 STARTTLS' })
})

test('an answer that does not come because the server has gone fails the step that waits', async () => {
  const { told } = await replay(connection => connection.close(), ['S: 220*', 'C: QUIT'])
  expect(told[0]).toMatchObject({ outcome: 'failed', detail: 'the session ended before an answer came' })
})

test('safe mode holds in a script', async () => {
  const { told } = await replay(greet, ['S: 220*', 'C: DATA'])
  expect(told[1]).toMatchObject({ outcome: 'failed', detail: expect.stringContaining('Safe mode is on') })
})

test('STARTTLS in a script upgrades, and a sign-in takes a secret that stands nowhere in it', async () => {
  const identity = await createSelfSigned()
  const part = async (connection: PlayedConnection) => {
    connection.say('220 mail.lab.test ESMTP')
    await answer(connection, { EHLO: ['250-mail.lab.test', '250 STARTTLS'], STARTTLS: ['220 go'] }, ['STARTTLS'])
    await connection.encrypt(identity)
    await answer(connection, { EHLO: ['250-mail.lab.test', '250 AUTH LOGIN'], AUTH: ['334 VXNlcm5hbWU6'] }, ['AUTH'])
    await connection.line()
    connection.say('334 UGFzc3dvcmQ6')
    await connection.line()
    connection.say('235 2.7.0 welcome')
  }
  const lines = ['S: 220*', 'C: STARTTLS', 'S: 220*', 'C: EHLO client.example', 'S: 250*', 'A: LOGIN anna', 'S: 235*']
  const { passed, hand } = await replay(part, lines, { secret: 'sehr geheim', extraCa: identity.cert })
  expect(passed).toBe(true)
  expect(JSON.stringify(hand.lines)).not.toContain(Buffer.from('sehr geheim').toString('base64'))
  await server?.stop()
  const without = await replay(part, lines, { extraCa: identity.cert })
  expect(without.told.find(({ outcome }) => outcome === 'failed')).toMatchObject({
    line: 6,
    detail: 'a password is needed for this step, and none was given',
  })
})
