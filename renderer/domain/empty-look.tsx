import { Button } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { IconFlask } from '@tabler/icons-react'
import { api } from '../api/client.ts'
import { problemOf } from '../api/problem.ts'
import { queryClient } from '../api/queries.ts'
import { ProblemNote } from '../shell/problem-note.tsx'
import styles from './domain.module.css'
import { lookForm } from './form-store.ts'
import { EMPTY_FORM, inputOf } from './look-input.ts'
import { startLook } from './looks.ts'

/** What this page is for, and a domain to try it with that needs no network. */
export function EmptyLook() {
  const start = useMutation(
    api.practice.start.mutationOptions({
      onSuccess: status => {
        queryClient.setQueryData(api.practice.status.queryKey(), status)
        if (status.dns === null) return
        const { host, port } = status.dns
        const form = { ...EMPTY_FORM, domain: status.domain, ip: '127.0.0.1', resolver: `${host}:${port}` }
        lookForm.dispatch(form)
        const input = inputOf(form, false)
        if (input) void startLook(input)
      },
    }),
  )
  return (
    <div className={styles.empty}>
      <p>
        <strong>Half of all “it lands in spam” is DNS.</strong> Type the domain that stands in your From address, and
        see what receivers see: who may send for it (SPF), how its mail is signed (DKIM), what is asked of receivers
        (DMARC), and the exact records that mend what is wrong.
      </p>
      <ul className={styles.bullets}>
        <li>With an account chosen, the forecast says which of SPF and DKIM will carry mail sent through it.</li>
        <li>With the address of your server, SPF and reverse DNS are checked for it.</li>
        <li>Only the DNS is asked, and the policy file of MTA-STS is fetched. Nothing is sent.</li>
      </ul>
      <div className={styles.emptyEnd}>
        <Button
          variant="default"
          leftSection={<IconFlask size={16} aria-hidden />}
          loading={start.isPending}
          onClick={() => start.mutate({})}
        >
          Try it with the practice server
        </Button>
      </div>
      {start.error && <ProblemNote what="The practice server did not start" problem={problemOf(start.error)} />}
    </div>
  )
}
