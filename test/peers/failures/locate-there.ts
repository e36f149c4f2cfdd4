import { LocateInput } from '#shared/contract/troubleshoot.ts'
import { createServices } from '#host/compose.ts'

// Prints what the locator saw, as a process of its own: it is started where the network is another one.
const input = LocateInput.parse(JSON.parse(process.argv[2] ?? ''))
const services = await createServices({ door: 'cli', env: process.env, log: line => console.error(line) })
try {
  for await (const event of await services.client.troubleshoot.locate(input)) {
    if (event.kind === 'ended') process.stdout.write(JSON.stringify(event.seen))
  }
} finally {
  await services.close()
}
