import {
  IconAdjustments,
  IconBrandAws,
  IconBrandGmail,
  IconBrandGoogle,
  IconBrandOffice,
  IconFlask,
  IconListSearch,
  IconMail,
  IconServer,
} from '@tabler/icons-react'
import { type ReactNode, useState } from 'react'
import { Loader } from '@mantine/core'
import { ProviderSearch } from './provider-search.tsx'
import styles from './where.module.css'

type ProviderCardsProps = {
  readonly chosen: string | null
  readonly onProvider: (presetId: string) => void
  readonly onByHand: () => void
  readonly onPractice: () => Promise<void>
}

const CARDS = [
  { id: 'amazon-ses', name: 'Amazon SES', line: 'With its SMTP user name', Icon: IconBrandAws },
  { id: 'gmail', name: 'Gmail', line: 'With an app password, 16 letters', Icon: IconBrandGmail },
  {
    id: 'google-workspace-relay',
    name: 'Google Workspace relay',
    line: 'For machines of an organisation',
    Icon: IconBrandGoogle,
  },
  { id: 'microsoft-365', name: 'Microsoft 365', line: 'A mailbox at work or school', Icon: IconBrandOffice },
  { id: 'outlook-com', name: 'Outlook.com', line: 'Hotmail, Live and MSN too', Icon: IconMail },
  { id: 'postfix-local', name: 'Postfix on this machine', line: 'localhost, port 25', Icon: IconServer },
] as const

/** The cards of the providers that are asked for most, and the ways for everybody else. */
export function ProviderCards({ chosen, onProvider, onByHand, onPractice }: ProviderCardsProps) {
  const [searching, setSearching] = useState(false)
  const [starting, setStarting] = useState(false)
  const practise = async () => {
    setStarting(true)
    await onPractice()
    setStarting(false)
  }
  return (
    <>
      <div className={styles.cards}>
        {CARDS.map(({ id, name, line, Icon }) => (
          <Card
            key={id}
            name={name}
            line={line}
            icon={<Icon size={22} stroke={1.6} aria-hidden />}
            current={chosen === id}
            onChoose={() => onProvider(id)}
          />
        ))}
        <Card
          name="Another provider"
          line="About 50, by name"
          icon={<IconListSearch size={22} stroke={1.6} aria-hidden />}
          expanded={searching}
          onChoose={() => setSearching(!searching)}
        />
        <Card
          name="I have host and port"
          line="Or a whole SMTP URL to paste"
          icon={<IconAdjustments size={22} stroke={1.6} aria-hidden />}
          onChoose={onByHand}
        />
        <Card
          name="Practice server"
          line={starting ? 'Starting it' : 'Built in: fills everything in'}
          icon={starting ? <Loader size={20} aria-hidden /> : <IconFlask size={22} stroke={1.6} aria-hidden />}
          onChoose={() => void practise()}
        />
      </div>
      {searching && <ProviderSearch onProvider={onProvider} />}
    </>
  )
}

type CardProps = {
  readonly name: string
  readonly line: string
  readonly icon: ReactNode
  readonly current?: boolean
  readonly expanded?: boolean
  readonly onChoose: () => void
}

function Card({ name, line, icon, current = false, expanded, onChoose }: CardProps) {
  return (
    <button
      type="button"
      className={styles.card}
      aria-current={current || undefined}
      aria-expanded={expanded}
      onClick={onChoose}
    >
      <span className={styles.cardIcon}>{icon}</span>
      <span className={styles.cardWords}>
        <span className={styles.cardName}>{name}</span>
        <span className={styles.muted}>{line}</span>
      </span>
    </button>
  )
}
