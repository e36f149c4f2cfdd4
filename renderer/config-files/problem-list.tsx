import { Button } from '@mantine/core'
import { IconCircleCheck, IconCircleX } from '@tabler/icons-react'
import { useState } from 'react'
import type { SecretMove } from '#shared/msmtprc/move-secret.ts'
import { type MsmtprcFix, type MsmtprcProblem, printFix } from '#shared/msmtprc/problem.ts'
import { Section } from '../shell/page.tsx'
import { SeverityMark } from '../shell/verdict.tsx'
import styles from './config-files.module.css'
import { fixLabel, isEdit } from './diagnostics.ts'
import type { Checked } from './use-checked-file.ts'

type ProblemListProps = {
  readonly checked: Checked
  readonly onGoTo: (line: number) => void
  readonly onFix: (fix: MsmtprcFix) => void
  readonly onMove: (move: SecretMove) => void
}

const AT_ONCE = 50

/** What msmtp would complain about, and what else is worth a look, by line. */
export function ProblemList({ checked, onGoTo, onFix, onMove }: ProblemListProps) {
  const [shown, setShown] = useState(AT_ONCE)
  const { problems, moves } = checked
  const moveOf = (problem: MsmtprcProblem) =>
    problem.code === 'secret-in-the-open' ? moves.find(move => move.line === problem.line) : undefined
  return (
    <Section title={`Problems (${problems.length})`}>
      <Verdict checked={checked} />
      <ul className={styles.problems} aria-label="Problems">
        {problems.slice(0, shown).map(problem => (
          <ProblemRow
            key={`${problem.line} ${problem.code} ${problem.message}`}
            problem={problem}
            move={moveOf(problem)}
            onGoTo={onGoTo}
            onFix={onFix}
            onMove={onMove}
          />
        ))}
      </ul>
      {problems.length > shown && (
        <Button size="xs" variant="default" onClick={() => setShown(count => count + AT_ONCE)}>
          Show {Math.min(AT_ONCE, problems.length - shown)} more of {problems.length}
        </Button>
      )}
    </Section>
  )
}

function Verdict({ checked }: { readonly checked: Checked }) {
  const first = checked.problems.find(({ refused }) => refused)
  const where = first?.line == null ? '' : ` at line ${first.line}`
  return (
    <p className={styles.verdict} data-tone={checked.refused ? 'bad' : 'ok'}>
      {checked.refused ? <IconCircleX size={17} aria-hidden /> : <IconCircleCheck size={17} aria-hidden />}
      {checked.refused ? `msmtp refuses this file${where}.` : 'msmtp reads this file.'}
    </p>
  )
}

type ProblemRowProps = Omit<ProblemListProps, 'checked'> & {
  readonly problem: MsmtprcProblem
  readonly move: SecretMove | undefined
}

function ProblemRow({ problem, move, onGoTo, onFix, onMove }: ProblemRowProps) {
  const { line, severity, message, code, fix } = problem
  return (
    <li className={styles.problem}>
      <div className={styles.problemHead}>
        <SeverityMark severity={severity} />
        {line === null ? (
          <span className={styles.dim}>The file</span>
        ) : (
          <Button size="compact-xs" variant="subtle" onClick={() => onGoTo(line)}>
            Line {line}
          </Button>
        )}
        <code className={styles.code}>{code}</code>
      </div>
      <p className={styles.message}>{message}</p>
      {fix?.kind === 'advice' && move === undefined && (
        <p className={styles.advice}>{code === 'too-open' ? 'Saving it here sets mode 0600.' : printFix(fix)}</p>
      )}
      {isEdit(fix) && (
        <Button className={styles.fix} size="compact-sm" variant="default" onClick={() => onFix(fix)}>
          {fixLabel(fix)}
        </Button>
      )}
      {move && (
        <Button size="compact-sm" variant="default" onClick={() => onMove(move)}>
          Move it to the key ring
        </Button>
      )}
    </li>
  )
}
