import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { dateTime } from '@/ui/format';
import css from './Nurture.module.css';

type Props = { conflict: { by: string; at: string } | null; onTheirs: () => void; onMine: () => void };

/** Somebody else wrote the same draft meanwhile: whose counts is for the writer to say. */
export function ConflictNotice({ conflict, onTheirs, onMine }: Props) {
  const { t } = useTranslation('nurture');
  if (!conflict) return null;
  return (
    <div className={css.notice} role="alert">
      <span className="grow">{t('conflict.text', { name: conflict.by, at: dateTime(conflict.at) })}</span>
      <Button size="small" onClick={onTheirs}>
        {t('conflict.theirs')}
      </Button>
      <Button size="small" onClick={onMine}>
        {t('conflict.mine')}
      </Button>
    </div>
  );
}
