import { useTranslation } from 'react-i18next';
import { problemOf } from '@/api/problem';
import { shrinkPhoto } from '@/features/files/shrink';
import { useToast } from '@/ui/toast';
import css from './fieldwork.module.css';
import { sendFile } from './writing';

type Props = { title: string; kind: string; names: string[]; onSent: (file: { client_id: string; kind: string; name: string }) => void };

/** Takes the files that prove one item; each is sent as soon as it is chosen. */
export function FileLine({ title, kind, names, onSent }: Props) {
  const { t } = useTranslation('followups');
  const say = useToast();
  const attach = async (file: File) => {
    try {
      const { client_id } = await sendFile(await shrinkPhoto(file), kind);
      onSent({ client_id, kind, name: file.name });
    } catch (error) {
      say('bad', `${file.name}: ${problemOf(error)?.message ?? t('failed', { ns: 'ui' })}`);
    }
  };
  return (
    <label className={css.file}>
      {title}
      <span className={css.pick}>{t('choose', { ns: 'fields' })}</span>
      <input
        type="file"
        className="sr-only"
        accept={kind === 'photo' ? 'image/*' : undefined}
        onChange={(event) => {
          for (const file of Array.from(event.target.files ?? [])) void attach(file);
          event.target.value = '';
        }}
      />
      <span className="muted">{names.join(' ')}</span>
    </label>
  );
}
