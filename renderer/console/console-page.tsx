import { Button } from '@mantine/core'
import { IconFlask } from '@tabler/icons-react'
import { useState } from 'react'
import type { ProblemData } from '#shared/problem-data.ts'
import { api, client } from '../api/client.ts'
import { problemOf } from '../api/problem.ts'
import { queryClient } from '../api/queries.ts'
import { Page } from '../shell/page.tsx'
import { ProblemNote } from '../shell/problem-note.tsx'
import { useStore } from '../shell/store.ts'
import { Teach } from '../shell/teach.tsx'
import { closeSession, consoleStore, openSession, replay } from './consoles.ts'
import { OpenForm } from './open-form.tsx'
import { ScriptPanel } from './script-panel.tsx'
import { SessionView } from './session-view.tsx'

/** An SMTP session typed by hand, each reply explained. */
export function ConsolePage() {
  const state = useStore(consoleStore)
  const { session } = state
  const [problem, setProblem] = useState<ProblemData | null>(null)
  const [starting, setStarting] = useState(false)
  const practise = async () => {
    setProblem(null)
    setStarting(true)
    try {
      const status = await client.practice.start()
      queryClient.setQueryData(api.practice.status.queryKey(), status)
      const door = status.smtp.find(({ security }) => security === 'starttls')
      if (!door) return
      consoleStore.dispatch({ kind: 'host', text: `${door.host}:${door.port}` })
      consoleStore.dispatch({ kind: 'tls', tls: false })
      void openSession({ host: door.host, port: door.port, tls: false })
    } catch (error) {
      setProblem(problemOf(error))
    } finally {
      setStarting(false)
    }
  }
  return (
    <Page
      title="Console"
      wide
      lead="Speak SMTP by hand: each reply is explained beside it. Safe mode keeps messages from being sent."
    >
      <OpenForm
        typedHost={state.typedHost}
        tls={state.tls}
        session={session}
        dispatch={consoleStore.dispatch}
        onOpen={target => void openSession(target)}
        onClose={closeSession}
      />
      {problem && <ProblemNote what="The practice server did not start" problem={problem} />}
      {session === null ? (
        <Teach>
          <p>
            Open a connection to a mail server and type what a mail program would say: <code>EHLO</code>,{' '}
            <code>STARTTLS</code>, <code>MAIL FROM:&lt;…&gt;</code>. What the server answers is explained by its code,
            its enhanced code and the likely cause. Servers of other protocols can be spoken to as well, line by line.
          </p>
          <Button
            variant="default"
            leftSection={<IconFlask size={16} aria-hidden />}
            loading={starting}
            onClick={() => void practise()}
          >
            Try it with the practice server
          </Button>
        </Teach>
      ) : (
        <SessionView state={state} session={session} dispatch={consoleStore.dispatch} />
      )}
      <ScriptPanel
        script={state.script}
        session={session}
        typedHost={state.typedHost}
        tls={state.tls}
        dispatch={consoleStore.dispatch}
        onReplay={(target, script, secret) => void replay(target, script, secret)}
      />
    </Page>
  )
}
