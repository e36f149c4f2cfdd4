import { describe, expect, test } from 'vitest'
import { homeDir } from '#service/home.ts'

describe('the folder that everything is stored in', () => {
  const table: readonly [what: string, NodeJS.Platform, Record<string, string>, string, string][] = [
    ['MAILWRIGHT_HOME wins', 'linux', { MAILWRIGHT_HOME: '/srv/mw', XDG_CONFIG_HOME: '/x' }, '/home/a', '/srv/mw'],
    ['XDG_CONFIG_HOME is respected', 'linux', { XDG_CONFIG_HOME: '/cfg' }, '/home/a', '/cfg/mailwright'],
    [
      'a relative XDG_CONFIG_HOME is ignored',
      'linux',
      { XDG_CONFIG_HOME: 'cfg' },
      '/home/a',
      '/home/a/.config/mailwright',
    ],
    ['~/.config otherwise', 'linux', {}, '/home/a', '/home/a/.config/mailwright'],
    ['macOS has its own place', 'darwin', {}, '/Users/a', '/Users/a/Library/Application Support/Mailwright'],
    ['Windows has APPDATA', 'win32', { APPDATA: 'C:\\A\\Roaming' }, 'C:\\A', 'C:\\A\\Roaming\\Mailwright'],
    ['Windows without APPDATA', 'win32', {}, 'C:\\Users\\a', 'C:\\Users\\a\\AppData\\Roaming\\Mailwright'],
  ]
  test.each(table)('%s', (_, platform, env, userHome, expected) => {
    expect(homeDir(env, platform, userHome)).toBe(expected)
  })
})
