import { createHmac } from 'node:crypto'
import { Problem } from '#shared/problem.ts'

/** Fixed by AWS: the password does not depend on the day on which it is made. */
const DATE = '11111111'
const SERVICE = 'ses'
const TERMINAL = 'aws4_request'
const MESSAGE = 'SendRawEmail'
const VERSION = 0x04

/**
 * The SES SMTP password that belongs to an IAM secret access key in one region, by the algorithm that AWS publishes
 * (https://docs.aws.amazon.com/ses/latest/dg/smtp-credentials.html). The key is used here and not kept.
 * @throws Problem `bad-input` for an empty key, one with blanks, or something that is no region
 */
export function sesSmtpPassword(secretKey: string, region: string): string {
  if (secretKey === '' || /\s/.test(secretKey)) {
    throw new Problem('bad-input', 'an IAM secret access key is not empty and holds no blanks', {
      field: 'secretKey',
      remedy: 'copy the secret access key, not the access key ID that begins with AKIA',
    })
  }
  if (/^A[KS]IA[A-Z0-9]{16}$/.test(secretKey)) {
    throw new Problem('bad-input', 'this is an access key ID and not the secret access key', {
      field: 'secretKey',
      remedy: 'the access key ID is the SMTP user name; give the secret access key here',
    })
  }
  if (!/^[a-z]{2,6}(?:-[a-z0-9]{1,12}){2,4}$/.test(region)) {
    throw new Problem('bad-input', 'this is no AWS region', {
      field: 'region',
      remedy: 'give one such as eu-central-1',
    })
  }
  const signature = [DATE, region, SERVICE, TERMINAL, MESSAGE].reduce<Buffer>(
    (key, text) => createHmac('sha256', key).update(text, 'utf8').digest(),
    Buffer.from(`AWS4${secretKey}`, 'utf8'),
  )
  return Buffer.concat([Buffer.of(VERSION), signature]).toString('base64')
}
