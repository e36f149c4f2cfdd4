import { afterEach, expect, test } from 'vitest'
import { etrn } from '#host/cli/etrn.ts'
import { answer, playServer, type PlayedServer } from '../../support/played-server.ts'
import { runCommand } from '../../support/run-command.ts'

let server: PlayedServer | null = null
afterEach(async () => {
  await server?.stop()
  server = null
})

async function run(argument: string, reply: string, ehlo = '250 ETRN') {
  server = await playServer(async connection => {
    connection.say('220 mail.lab.test ESMTP')
    await answer(connection, { EHLO: ['250-mail.lab.test', ehlo], ETRN: [reply], QUIT: ['221 bye'] })
  })
  return runCommand(etrn, [`127.0.0.1:${server.port}`, argument])
}

test.each(['node.lab.test', '@lab.test', '#queue-one'])(
  '%s: each form of RFC 1985 goes out as it is',
  async argument => {
    const { exit, json } = await run(argument, '250 queuing started')
    expect({ exit, json }).toMatchObject({ exit: 0, json: { queue: argument, reply: { code: 250 } } })
    expect(server?.connections[0]?.received).toContain(`\r\nETRN ${argument}\r\n`)
  },
)

test.each([
  ['251 no messages', 0],
  ['253 5 messages pending', 0],
  ['458 unable to queue', 75],
  ['459 node not allowed', 75],
  ['501 syntax', 69],
])('%s: exit %i', async (reply, exit) => {
  expect((await run('@lab.test', reply)).exit).toBe(exit)
})

test.each([
  ['251 no messages', 'nothing waits for this node (RFC 1985)'],
  ['459 no', 'may not start the queue'],
])('%s: says what that means in RFC 1985', async (reply, meaning) => {
  expect((await run('@lab.test', reply)).text).toContain(meaning)
})

test('a server that does not offer ETRN is not asked', async () => {
  const { exit, error } = await run('@lab.test', '250 never', '250 SIZE')
  expect({ exit, error }).toMatchObject({ exit: 69, error: { code: 'etrn-not-offered' } })
  expect(server?.connections[0]?.received).not.toContain('ETRN')
})

test('a line end in the argument would be a second command', async () => {
  await expect(run('@lab.test\r\nVRFY root', '250 ok')).rejects.toMatchObject({ code: 'usage' })
})
