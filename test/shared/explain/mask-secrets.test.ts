import { expect, test } from 'vitest'
import { maskSecrets } from '#shared/explain/mask-secrets.ts'

test.for<readonly [text: string, masked: string]>([
  ['C: AUTH PLAIN AGFubgBzM2NyZXQx', 'C: AUTH PLAIN ***'],
  ['S: 334 UGFzc3dvcmQ6\nC: czNjcmV0MQ==', 'S: 334 UGFzc3dvcmQ6\nC: ***'],
  ['smtp://ann:s3cret@mail.example.com', 'smtp://ann:***@mail.example.com'],
  ['SMTP_PASSWORD=s3cret', 'SMTP_PASSWORD=***'],
  [`{ pass: 's3 cret', port: 587 }`, '{ pass: ***, port: 587 }'],
  ['"clientSecret": "s3cret"', '"clientSecret": ***'],
  ['password s3cret', 'password ***'],
  ['swaks --auth-password s3cret -s mx', 'swaks --auth-password *** -s mx'],
  ['curl --user ann:s3cret smtp://mx', 'curl --user ann:*** smtp://mx'],
  ['Authorization: Bearer abc.def.ghi', 'Authorization: Bearer ***'],
  ['token ya29.a0AfH6SMBx1234567890', 'token ***'],
  ['key SG.abcdefghijkl.mnopqrstuvwx', 'key ***'],
])('%s', ([text, masked]) => {
  expect(maskSecrets(text)).toBe(masked)
})

test.for([
  'AUTH PLAIN failed',
  '535 AUTH LOGIN not supported',
  'Username and Password not accepted',
  'Password is required',
  'password: undefined',
  'Missing credentials for "PLAIN"',
  '334 UGFzc3dvcmQ6',
  '334 eyJzdGF0dXMiOiI0MDEiLCJzY2hlbWVzIjoiQmVhcmVyIn0=',
])('"%s" holds no secret and stays', text => {
  expect(maskSecrets(text)).toBe(text)
})
