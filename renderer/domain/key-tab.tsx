import { Button, NativeSelect, TextInput } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { IconKey } from '@tabler/icons-react'
import { type SubmitEvent, useState } from 'react'
import { DkimKeyKind, type DkimKeyMade } from '#shared/contract/domain.ts'
import { api } from '../api/client.ts'
import { problemOf } from '../api/problem.ts'
import { sentence } from '../form/words.ts'
import { Activity } from '../shell/activity.tsx'
import { CopyButton } from '../shell/copy-button.tsx'
import { Section } from '../shell/page.tsx'
import { ProblemNote } from '../shell/problem-note.tsx'
import { useMainAction } from '../shell/shortcuts.ts'
import { useStore } from '../shell/store.ts'
import styles from './domain.module.css'
import own from './form.module.css'
import { lookForm } from './form-store.ts'
import { domainOf } from './look-state.ts'
import { PlanView } from './plan-view.tsx'

const KINDS = [
  { value: 'rsa-2048', label: 'RSA, 2048 bits (everybody verifies it)' },
  { value: 'ed25519', label: 'Ed25519 (short, not everybody yet)' },
]

/** A key pair to sign with: the record is shown, the private key goes into a file. */
export function KeyTab() {
  const [domain, setDomain] = useState(domainOf(useStore(lookForm).domain.trim()))
  const [selector, setSelector] = useState('')
  const [kind, setKind] = useState<DkimKeyKind>('rsa-2048')
  const [path, setPath] = useState('')
  const make = useMutation(api.domain.newDkimKey.mutationOptions())
  const problem = make.error ? problemOf(make.error) : null
  const faultOf = (field: string) => (problem?.field === field ? sentence(problem.message, problem.remedy) : null)
  const ready = domain.trim() !== '' && selector.trim() !== '' && !make.isPending
  const run = () => {
    make.mutate({
      domain: domain.trim(),
      selector: selector.trim(),
      kind,
      path: path.trim() === '' ? null : path.trim(),
    })
  }
  useMainAction(ready ? run : null)
  const submit = (event: SubmitEvent) => {
    event.preventDefault()
    run()
  }
  return (
    <>
      <form onSubmit={submit} noValidate className={own.moreFields}>
        <TextInput
          label="Domain"
          placeholder="example.org"
          value={domain}
          error={faultOf('domain')}
          onChange={event => setDomain(event.currentTarget.value)}
        />
        <TextInput
          label="Selector"
          description="Any name; the year makes the next change easy"
          placeholder="s2026"
          value={selector}
          error={faultOf('selector')}
          onChange={event => setSelector(event.currentTarget.value)}
        />
        <NativeSelect
          label="Kind"
          value={kind}
          data={KINDS}
          onChange={event => setKind(DkimKeyKind.parse(event.currentTarget.value))}
        />
        <TextInput
          label="File for the private key"
          description="Empty: below Mailwright’s own folder. Mode 0600 either way"
          placeholder="/etc/opendkim/keys/s2026.pem"
          value={path}
          error={faultOf('path')}
          onChange={event => setPath(event.currentTarget.value)}
        />
        <div className={own.formEnd}>
          <Button type="submit" disabled={!ready} leftSection={<IconKey size={16} aria-hidden />}>
            Make a key pair
          </Button>
        </div>
      </form>
      {make.isPending && <Activity doing="Making a key pair" startedAt={make.submittedAt - performance.timeOrigin} />}
      {problem && (problem.field === null || problem.code !== 'bad-input') && (
        <ProblemNote what="No key was made" problem={problem} />
      )}
      {make.data && <Made made={make.data} />}
    </>
  )
}

function Made({ made }: { readonly made: DkimKeyMade }) {
  return (
    <Section title="The key is made">
      <div className={styles.withCopy}>
        <p className={styles.words}>
          The private key is in <code>{made.path}</code>, readable for you alone. It was not shown here and is not
          needed in the DNS: give the file to the program that signs.
          {made.backup !== null && (
            <>
              {' '}
              The file that was there is now <code>{made.backup}</code>.
            </>
          )}
        </p>
        <CopyButton text={made.path} what="path of the private key" />
      </div>
      <p className={styles.words}>
        Publish this record, wait until it is visible, and only then sign with the new key.
      </p>
      <PlanView changes={[made.change]} />
    </Section>
  )
}
