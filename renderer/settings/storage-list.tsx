import type { AppInfo, StorageInfo } from '#shared/contract/settings.ts'
import { CopyButton } from '../shell/copy-button.tsx'
import { Section } from '../shell/page.tsx'
import { secretStoreSentence } from '../shell/secret-store-sentence.ts'
import { printSize } from '../shell/time.ts'
import styles from './settings-page.module.css'

type StorageListProps = { readonly storage: StorageInfo; readonly info: AppInfo }

/** What is stored, and where. */
export function StorageList({ storage, info }: StorageListProps) {
  return (
    <Section title="Where things are stored">
      <dl className={styles.facts}>
        <dt>Folder</dt>
        <dd>
          <code>{storage.home}</code>
          <CopyButton text={storage.home} what="path of the folder" />
        </dd>
        <dt>Passwords</dt>
        <dd>{secretStoreSentence(info.secretStore)}</dd>
        <dt>Version</dt>
        <dd>
          {info.version} on {info.platform}
        </dd>
      </dl>
      {storage.files.length > 0 && (
        <table className={styles.table}>
          <thead>
            <tr>
              <th scope="col">File</th>
              <th scope="col">Holds</th>
              <th scope="col" className={styles.size}>
                Size
              </th>
            </tr>
          </thead>
          <tbody>
            {storage.files.map(file => (
              <tr key={file.path}>
                <td>
                  <code>{file.path}</code>
                </td>
                <td>{file.what}</td>
                <td className={styles.size}>{printSize(file.sizeBytes)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {storage.secrets.length > 0 && (
        <table className={styles.table}>
          <thead>
            <tr>
              <th scope="col">Password of</th>
              <th scope="col">Is</th>
            </tr>
          </thead>
          <tbody>
            {storage.secrets.map(secret => (
              <tr key={secret.accountName}>
                <td>{secret.accountName}</td>
                <td>{secret.where}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </Section>
  )
}
