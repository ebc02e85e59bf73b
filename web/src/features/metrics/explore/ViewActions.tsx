import { LinkOutlined, SaveOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { withWords } from '@/ui/i18n';
import { useToast } from '@/ui/toast';
import type { SavedView } from './saved';
import { documentOf, viewPath, written, type View } from './view';

const SaveDialog = lazy(() => import('./SaveDialog'));
const LeaveMenu = lazy(() => withWords('figureMails', import('@/features/metrics/mails/LeaveMenu')));

/** `saved`: the saved view that was opened; `name`: what the figure is called. */
export type ActionProps = { view: View; saved: SavedView | null; name: string; onSaved: (id: number) => void };

/** What can be done with what is shown: keep it, hand its address on, take it away as a file or have it sent. */
export function ViewActions({ view, saved, name, onSaved }: ActionProps) {
  const { t } = useTranslation('explore');
  const say = useToast();
  const [saving, setSaving] = useState(false);
  const copy = () => {
    void navigator.clipboard.writeText(`${location.origin}${viewPath(view, saved?.id)}`).then(
      () => { say('ok', t('copied')); },
      () => { say('bad', t('failed', { ns: 'ui' })); },
    );
  };
  const { metric, ...query } = written(view);
  const leaving = { path: `/api/metrics/${metric ?? ''}/export`, query, about: { view: documentOf(view) }, name: saved?.name ?? name };
  return (
    <>
      <Suspense fallback={null}>
        <LeaveMenu leaving={leaving} />
      </Suspense>
      <Button icon={<LinkOutlined aria-hidden />} onClick={copy}>
        {t('copy')}
      </Button>
      <Button type="primary" icon={<SaveOutlined aria-hidden />} onClick={() => { setSaving(true); }}>
        {t('save')}
      </Button>
      <Suspense fallback={null}>{saving && <SaveDialog view={view} held={saved} suggested={name} onSaved={onSaved} onClose={() => { setSaving(false); }} />}</Suspense>
    </>
  );
}
