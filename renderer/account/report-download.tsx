import { Button, Group } from '@mantine/core'
import { IconDownload } from '@tabler/icons-react'
import { printJson } from '#shared/escape.ts'
import { printMarkdown } from '#shared/report/print-markdown.ts'
import type { Report } from '#shared/report/report.ts'
import { CopyButton } from '../shell/copy-button.tsx'
import { Section } from '../shell/page.tsx'
import { fileNameOf, saveFile } from '../shell/save-file.ts'

type ReportDownloadProps = { readonly report: Report }

const FORMATS = [
  {
    label: 'Markdown',
    ending: 'md',
    type: 'text/markdown',
    print: (report: Report) => Promise.resolve(printMarkdown(report)),
  },
  {
    label: 'HTML',
    ending: 'html',
    type: 'text/html',
    print: async (report: Report) => (await import('#shared/report/print-html.ts')).printHtml(report),
  },
  {
    label: 'JSON',
    ending: 'json',
    type: 'application/json',
    print: (report: Report) => Promise.resolve(printJson(report, 2)),
  },
] as const

/** The run to hand to somebody else. A report holds no secret by construction. */
export function ReportDownload({ report }: ReportDownloadProps) {
  const name = `${fileNameOf(report.account.name)}-${report.startedAt.slice(0, 10)}`
  return (
    <Section
      title="Report"
      note="The whole run for somebody else to read: settings, findings and transcript, without any password."
    >
      <Group gap="xs">
        {FORMATS.map(({ label, ending, type, print }) => (
          <Button
            key={ending}
            size="xs"
            variant="default"
            leftSection={<IconDownload size={15} aria-hidden />}
            onClick={() => void print(report).then(text => saveFile(`${name}.${ending}`, type, text))}
          >
            Save as {label}
          </Button>
        ))}
        <CopyButton text={() => printMarkdown(report)} what="report" labelled />
      </Group>
    </Section>
  )
}
