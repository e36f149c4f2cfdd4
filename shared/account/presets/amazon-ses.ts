import {
  host,
  implicitTls,
  known,
  preset,
  secret,
  signIn,
  starttls,
  STARTTLS_587,
  TLS_465,
} from '#shared/account/preset.ts'

const CONNECT = 'https://docs.aws.amazon.com/ses/latest/dg/smtp-connect.html'

/** Regions in which AWS lists an SES endpoint, by AWS's own names. A region that opens later still works when typed. */
const REGIONS: readonly (readonly [region: string, label: string])[] = [
  ['us-east-1', 'US East (N. Virginia)'],
  ['us-east-2', 'US East (Ohio)'],
  ['us-west-1', 'US West (N. California)'],
  ['us-west-2', 'US West (Oregon)'],
  ['eu-west-1', 'Europe (Ireland)'],
  ['eu-west-2', 'Europe (London)'],
  ['eu-west-3', 'Europe (Paris)'],
  ['eu-central-1', 'Europe (Frankfurt)'],
  ['eu-central-2', 'Europe (Zurich)'],
  ['eu-north-1', 'Europe (Stockholm)'],
  ['eu-south-1', 'Europe (Milan)'],
  ['ap-south-1', 'Asia Pacific (Mumbai)'],
  ['ap-south-2', 'Asia Pacific (Hyderabad)'],
  ['ap-northeast-1', 'Asia Pacific (Tokyo)'],
  ['ap-northeast-2', 'Asia Pacific (Seoul)'],
  ['ap-northeast-3', 'Asia Pacific (Osaka)'],
  ['ap-southeast-1', 'Asia Pacific (Singapore)'],
  ['ap-southeast-2', 'Asia Pacific (Sydney)'],
  ['ap-southeast-3', 'Asia Pacific (Jakarta)'],
  ['ap-southeast-5', 'Asia Pacific (Malaysia)'],
  ['ca-central-1', 'Canada (Central)'],
  ['ca-west-1', 'Canada West (Calgary)'],
  ['sa-east-1', 'South America (São Paulo)'],
  ['af-south-1', 'Africa (Cape Town)'],
  ['il-central-1', 'Israel (Tel Aviv)'],
  ['me-central-1', 'Middle East (UAE)'],
  ['me-south-1', 'Middle East (Bahrain)'],
  ['us-gov-east-1', 'AWS GovCloud (US-East)'],
  ['us-gov-west-1', 'AWS GovCloud (US-West)'],
]

function sesHost(region: string): string {
  return `email-smtp.${region}.amazonaws.com`
}

export const AMAZON_SES = preset({
  id: 'amazon-ses',
  name: 'Amazon SES',
  kind: 'relay service',
  aliases: ['aws', 'simple email service', 'amazonaws'],
  hosts: REGIONS.map(([region, label]) => host(region, label, sesHost(region))),
  ports: [TLS_465, STARTTLS_587, implicitTls(2465), starttls(2587), starttls(25)],
  user: { form: 'provider-issued', hint: 'the SMTP user name, which begins with AKIA' },
  secret: secret(
    'smtp-password',
    'the SES SMTP password of this region; it is not the IAM secret access key, but can be derived from it',
    'https://docs.aws.amazon.com/ses/latest/dg/smtp-credentials.html',
  ),
  signIn: [signIn('key', ['plain', 'login'])],
  gotchas: [
    known('TLS is required, version 1.2 or 1.3', 'provider documentation', CONNECT),
    known('the SMTP password is bound to its region: one made for another region is refused with 535', 'third party'),
    known(
      'a new SES account is in the sandbox: until it is released, recipients have to be verified too',
      'provider documentation',
    ),
    known('sender identities are verified for each region on its own', 'third party'),
    known(
      'EC2 throttles port 25 unless AWS lifts it: use 465, 587, 2465 or 2587 there',
      'provider documentation',
      CONNECT,
    ),
  ],
  spfInclude: 'amazonses.com',
  evidence: 'provider documentation',
  source: CONNECT,
})
