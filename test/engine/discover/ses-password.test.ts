import { expect, test } from 'vitest'
import { sesSmtpPassword } from '#engine/discover/ses-password.ts'

/*
 * Expected values of two independent implementations:
 * hashicorp/terraform-provider-aws, internal/service/iam/access_key_test.go, TestSESSMTPPasswordFromSecretKeySigV4
 * aws/aws-sdk-php, tests/Ses/SesClientTest.php, testCanGenerateSmtpPasswordV4FromCredentials
 */
test.each([
  ['terraform', 'eu-central-1', 'some+secret+key', 'BMXhUYlu5Z3gSXVQORxlVa7XPaz91aGWdfHxvkOZdWZ2'],
  ['terraform', 'eu-central-1', 'another+secret+key', 'BBbphbrQmrKMx42d1N6+C7VINYEBGI5v9VsZeTxwskfh'],
  ['terraform', 'us-west-1', 'some+secret+key', 'BH+jbMzper5WwlwUar9E1ySBqHa9whi0GPo+sJ0mVYJj'],
  ['terraform', 'us-west-1', 'another+secret+key', 'BKVmjjMDFk/qqw8EROW99bjCS65PF8WKvK5bSr4Y6EqF'],
  [
    'aws-sdk-php',
    'us-east-2',
    'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
    'BMPPgbAHoFVbze1Ud0oA5uNdXRwUXUZ+qOwphGJbl/cS',
  ],
])('agrees with %s for %s', (_, region, key, password) => {
  expect(sesSmtpPassword(key, region)).toBe(password)
})

test.each([
  ['', 'us-east-1', 'secretKey'],
  ['pasted with blanks', 'us-east-1', 'secretKey'],
  ['AKIAIOSFODNN7EXAMPLE', 'us-east-1', 'secretKey'],
  ['some+secret+key', 'Frankfurt', 'region'],
])('refuses %j in %j, naming the field and not the key', (key, region, field) => {
  expect(() => sesSmtpPassword(key, region)).toThrow(expect.objectContaining({ code: 'bad-input', field }))
})
