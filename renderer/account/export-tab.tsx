import { Button, Checkbox, Radio, Select, TextInput } from '@mantine/core'
import { useMutation, useQuery } from '@tanstack/react-query'
import { IconDeviceFloppy, IconDownload } from '@tabler/icons-react'
import { useState } from 'react'
import type { AccountView } from '#shared/contract/account-view.ts'
import type { MsmtprcInput, MsmtprcSaved, MsmtprcSecret } from '#shared/contract/msmtprc.ts'
import { api } from '../api/client.ts'
import { problemOf } from '../api/problem.ts'
import { CopyButton } from '../shell/copy-button.tsx'
import { Loading } from '../shell/loading.tsx'
import { Section } from '../shell/page.tsx'
import { ProblemNote } from '../shell/problem-note.tsx'
import { saveFile } from '../shell/save-file.ts'
import { keysFor, useMainAction } from '../shell/shortcuts.ts'
import styles from './export-tab.module.css'
import { FormatCopy } from './format-copy.tsx'
import { SettingsCopy } from './settings-copy.tsx'

type ExportTabProps = { readonly view: AccountView }

const SECRETS: readonly { readonly value: MsmtprcSecret; readonly label: string; readonly help: string }[] = [
  { value: 'keyring', label: 'Key ring', help: "msmtp asks the system's key ring; the file holds no password." },
  { value: 'gpg', label: 'GPG', help: 'msmtp decrypts a file with gpg; the msmtprc holds its name only.' },
  {
    value: 'prompt',
    label: 'Ask each time',
    help: 'msmtp asks on the terminal: not for programs that send unattended.',
  },
  {
    value: 'inline',
    label: 'In the file',
    help: 'Readable for everybody who can read the file. It is saved with mode 0600.',
  },
]

/** The settings for other programs: an msmtprc to save, or the values to copy. */
export function ExportTab({ view }: ExportTabProps) {
  const { account } = view
  const signsIn = account.auth !== 'none' && account.user !== null
  const [secret, setSecret] = useState<MsmtprcSecret>('keyring')
  const [gpgFile, setGpgFile] = useState('~/.msmtp-password.gpg')
  const [storeInKeyring, setStoreInKeyring] = useState(true)
  const [chosenPath, setChosenPath] = useState<string | null>(null)
  const input: MsmtprcInput = {
    accountIds: [account.id],
    defaultId: account.id,
    secret,
    gpgFile: secret === 'gpg' ? gpgFile : null,
  }
  const preview = useQuery(api.msmtprc.preview.queryOptions({ input, placeholderData: previous => previous }))
  const path = chosenPath ?? preview.data?.targets[0]?.path ?? ''
  const target = preview.data?.targets.find(candidate => candidate.path === path)
  const save = useMutation(api.msmtprc.save.mutationOptions({ onSuccess: () => void preview.refetch() }))
  const keyringToo = signsIn && secret === 'keyring' && storeInKeyring && view.secret !== 'none'
  const saveNow = () => save.mutate({ ...input, path, storeInKeyring: keyringToo })
  useMainAction(path === '' || save.isPending ? null : saveNow)

  return (
    <>
      {signsIn && (
        <Radio.Group
          label="Where msmtp gets the password"
          value={secret}
          onChange={value => setSecret(SECRETS.find(choice => choice.value === value)?.value ?? secret)}
        >
          <div className={styles.choices}>
            {SECRETS.map(choice => (
              <Radio key={choice.value} value={choice.value} label={choice.label} description={choice.help} />
            ))}
          </div>
        </Radio.Group>
      )}
      {signsIn && secret === 'gpg' && (
        <TextInput
          className={styles.gpg}
          label="Encrypted file"
          value={gpgFile}
          spellCheck={false}
          onChange={event => setGpgFile(event.currentTarget.value)}
        />
      )}
      {signsIn && secret === 'keyring' && view.secret !== 'none' && (
        <Checkbox
          className={styles.gpg}
          label="Store the password where msmtp looks for it, when saving"
          checked={storeInKeyring}
          onChange={event => setStoreInKeyring(event.currentTarget.checked)}
        />
      )}
      {preview.isPending && <Loading doing="Writing the msmtprc" />}
      {preview.error && <ProblemNote what="The msmtprc cannot be written" problem={problemOf(preview.error)} />}
      {preview.data && (
        <Section
          title="msmtprc"
          actions={
            <div className={styles.actions}>
              <CopyButton text={preview.data.text} what="msmtprc" labelled />
              <Button
                size="xs"
                variant="default"
                leftSection={<IconDownload size={14} aria-hidden />}
                onClick={() => saveFile('msmtprc', 'text/plain', preview.data.text)}
              >
                Download
              </Button>
            </div>
          }
        >
          <pre className={styles.file} tabIndex={0} aria-label="msmtprc, preview">
            {preview.data.text}
          </pre>
          {preview.data.notes.length > 0 && (
            <ul className={styles.notes}>
              {preview.data.notes.map(note => (
                <li key={note}>{note}</li>
              ))}
            </ul>
          )}
          {preview.data.commands.map(({ label, command }) => (
            <div key={command} className={styles.command}>
              <span>{label}</span>
              <div className={styles.commandLine}>
                <code>{command}</code>
                <CopyButton text={command} what="command" />
              </div>
            </div>
          ))}
          <div className={styles.save}>
            <Select
              className={styles.path}
              label="Save to"
              description={
                target?.exists ? 'There is a file: it is kept beside the new one as a backup' : 'Written with mode 0600'
              }
              data={[...new Set([...preview.data.targets.map(({ path }) => path), path])].filter(Boolean)}
              value={path}
              searchable
              searchValue={path}
              onSearchChange={setChosenPath}
              onChange={value => setChosenPath(value)}
            />
            <Button
              leftSection={<IconDeviceFloppy size={16} aria-hidden />}
              loading={save.isPending}
              disabled={path === ''}
              title={keysFor('Enter')}
              onClick={saveNow}
            >
              Save
            </Button>
          </div>
          {save.error && <ProblemNote what="The file was not saved" problem={problemOf(save.error)} />}
          {save.data && <Saved saved={save.data} />}
        </Section>
      )}
      <FormatCopy account={account} />
      <SettingsCopy account={account} />
    </>
  )
}

function Saved({ saved }: { readonly saved: MsmtprcSaved }) {
  return (
    <div className={styles.saved} role="status">
      <p>
        Saved <code>{saved.path}</code> with mode {saved.mode}.
        {saved.backup !== null && (
          <>
            {' '}
            The file that was there is now <code>{saved.backup}</code>.
          </>
        )}
        {saved.keyringStored && ' The password is in the key ring where msmtp looks for it.'}
      </p>
      {saved.notes.length > 0 && (
        <ul>
          {saved.notes.map(note => (
            <li key={note}>{note}</li>
          ))}
        </ul>
      )}
    </div>
  )
}
