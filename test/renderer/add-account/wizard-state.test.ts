import { describe, expect, test } from 'vitest'
import { Account } from '#shared/account/account.ts'
import type { AccountView } from '#shared/contract/account-view.ts'
import {
  reduceWizard,
  START,
  type WizardAction,
  wizardSettings,
  type WizardState,
} from '../../../renderer/add-account/wizard-state.ts'

const play = (...actions: readonly WizardAction[]): WizardState => actions.reduce(reduceWizard, START)

const ADDRESS: WizardAction = { kind: 'address', address: 'me@gmail.com' }
const GMAIL: WizardAction = { kind: 'provider', presetId: 'gmail' }

describe('the wizard', () => {
  test('a card fills in what the provider is known for, from the address that was typed', () => {
    const state = play(ADDRESS, GMAIL)
    expect(state).toMatchObject({ step: 'details', signIn: 'password', name: 'me@gmail.com' })
    expect(wizardSettings(state)).toMatchObject({ host: 'smtp.gmail.com', user: 'me@gmail.com', from: 'me@gmail.com' })
  })

  test('walking back and choosing the same card again loses nothing', () => {
    const state = play(
      ADDRESS,
      GMAIL,
      { kind: 'typed', field: 'fromName', value: 'Me Myself' },
      { kind: 'go', step: 'sign-in' },
      { kind: 'secret', secret: 'abcd efgh ijkl mnop' },
      { kind: 'go', step: 'where' },
      GMAIL,
    )
    expect(state).toMatchObject({ step: 'details', reached: 'sign-in', secret: 'abcd efgh ijkl mnop' })
    expect(state.input.fromName).toBe('Me Myself')
  })

  test('another card keeps who the person is, and replaces where the mail goes', () => {
    const state = play(
      ADDRESS,
      GMAIL,
      { kind: 'typed', field: 'fromName', value: 'Me' },
      { kind: 'go', step: 'where' },
      {
        kind: 'provider',
        presetId: 'amazon-ses',
        region: 'eu-central-1',
      },
    )
    expect(wizardSettings(state)).toMatchObject({
      host: 'email-smtp.eu-central-1.amazonaws.com',
      from: 'me@gmail.com',
      fromName: 'Me',
    })
    expect(state.region).toBe('eu-central-1')
  })

  test('another region is another host, and everything else that was typed stays', () => {
    const state = play(
      { kind: 'provider', presetId: 'amazon-ses' },
      { kind: 'typed', field: 'user', value: 'AKIAEXAMPLE' },
      { kind: 'typed', field: 'ehlo', value: 'host.example.org' },
      { kind: 'region', region: 'eu-west-1' },
    )
    expect(state.region).toBe('eu-west-1')
    expect(state.input).toMatchObject({
      host: 'email-smtp.eu-west-1.amazonaws.com',
      user: 'AKIAEXAMPLE',
      ehlo: 'host.example.org',
    })
  })

  test('the mail address of the first step and the sender of the second are one', () => {
    const typed = play(ADDRESS, GMAIL, { kind: 'typed', field: 'from', value: 'other@gmail.com' })
    expect(typed.address).toBe('other@gmail.com')
    expect(reduceWizard(typed, { kind: 'address', address: 'third@gmail.com' }).input.from).toBe('third@gmail.com')
  })

  test('the user name and the account name follow the sender until they are typed', () => {
    const following = play(GMAIL, { kind: 'typed', field: 'from', value: 'first@gmail.com' })
    expect(following.input.user).toBe('first@gmail.com')
    expect(following.name).toBe('first@gmail.com')
    const typed = [
      { kind: 'typed', field: 'user', value: 'other@gmail.com' },
      { kind: 'name', name: 'Mine' },
      { kind: 'typed', field: 'from', value: 'second@gmail.com' },
    ] as const satisfies readonly WizardAction[]
    const after = typed.reduce(reduceWizard, following)
    expect(after.input.user).toBe('other@gmail.com')
    expect(after.name).toBe('Mine')
  })

  test('a URL that is pasted into the host field is split, and its password goes to its own field', () => {
    const state = play(
      { kind: 'by-hand' },
      { kind: 'typed', field: 'host', value: 'smtps://me:pass%20word@smtp.example.org' },
      { kind: 'host-left' },
    )
    expect(state.input).toMatchObject({ host: 'smtp.example.org', security: 'tls', user: 'me' })
    expect(state.secret).toBe('pass word')
  })

  test('the way to sign in decides the method, and nobody signing in sends no user name', () => {
    const by = (choice: WizardState['signIn']) => wizardSettings(play(ADDRESS, GMAIL, { kind: 'sign-in', choice }))
    expect(by('oauth2')).toMatchObject({ auth: 'xoauth2', user: 'me@gmail.com', secret: { kind: 'prompt' } })
    expect(by('certificate')).toMatchObject({ auth: 'external', secret: { kind: 'none' } })
    expect(by('none')).toMatchObject({ auth: 'none', user: null, secret: { kind: 'none' } })
    expect(by('password')).toMatchObject({ auth: 'auto', user: 'me@gmail.com' })
  })

  test('once the account is stored the page holds no password any more', () => {
    const account = Account.parse({ id: 'a1', name: 'Mine', host: 'smtp.gmail.com', user: 'me' })
    const view: AccountView = { account, isDefault: true, secret: 'session', lastRun: null, lastWorkedAt: null }
    const state = play(ADDRESS, GMAIL, { kind: 'secret', secret: 'canary' }, { kind: 'stored', view, step: 'done' })
    expect(state).toMatchObject({ step: 'done', reached: 'done', created: view, secret: '' })
  })

  test('a fix changes what it names and keeps the rest of what was typed', () => {
    const state = play(
      { kind: 'by-hand' },
      { kind: 'typed', field: 'host', value: 'mail.example.org' },
      {
        kind: 'change',
        change: { security: 'tls', port: 465 },
      },
    )
    expect(state.input).toMatchObject({ host: 'mail.example.org', security: 'tls', port: '465' })
  })

  test('what a lookup found is used as it was found', () => {
    const state = play(
      { kind: 'address', address: 'me@example.org' },
      {
        kind: 'candidate',
        candidate: {
          source: 'srv',
          host: 'submit.example.org',
          port: 465,
          security: 'tls',
          user: 'me@example.org',
          preset: null,
          confidence: 0.9,
          note: '',
          warning: null,
        },
      },
    )
    expect(wizardSettings(state)).toMatchObject({
      host: 'submit.example.org',
      port: 465,
      security: 'tls',
      user: 'me@example.org',
    })
  })

  test('starting again forgets everything', () => {
    expect(play(ADDRESS, GMAIL, { kind: 'secret', secret: 'canary' }, { kind: 'restart' })).toEqual(START)
  })
})
