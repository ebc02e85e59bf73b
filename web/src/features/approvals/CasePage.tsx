import { ArrowLeftOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import type { CaseAction } from '@/api/types';
import { Faces } from '@/ui/faces';
import { CaseFacts } from './CaseFacts';
import css from './CasePage.module.css';
import { CasePath } from './CasePath';
import { CaseSteps } from './CaseSteps';
import { useCase } from './cases';
import { useNoteSeen } from './seen';

const ActionSheet = lazy(() => import('./ActionSheet'));
const order: CaseAction[] = ['agree', 'refuse', 'return', 'transfer', 'add_signer', 'take_over', 'resubmit', 'urge', 'withdraw'];

/** One approval whole: what it is about, its way, and what the reader may do now. */
export default function CasePage() {
  const { t } = useTranslation('approvals');
  const id = Number(useParams()['id']);
  const found = useCase(id);
  useNoteSeen(id, found.data?.my.ask_id);
  const [doing, setDoing] = useState<CaseAction | null>(null);
  return (
    <div className={css.page}>
      <Link to="/approvals" className={css.back}>
        <ArrowLeftOutlined aria-hidden /> {t('inbox.title')}
      </Link>
      <Faces query={found} rows={12}>
        {(item) => (
          <>
            <div className={css.columns}>
              <section className={css.panel} aria-label={item.title}>
                <CaseFacts item={item} />
              </section>
              <section className={css.panel} aria-labelledby="path">
                <h2 id="path">{t('case.path')}</h2>
                <CasePath nodes={item.nodes} />
                <CaseSteps steps={item.steps} />
              </section>
            </div>
            {item.my.actions.length > 0 && (
              <div className={css.actions} role="toolbar" aria-label={t('actions', { ns: 'ui' })}>
                {order
                  .filter((action) => item.my.actions.includes(action))
                  .map((action) => (
                    <Button
                      key={action}
                      type={action === 'agree' || action === 'resubmit' ? 'primary' : 'default'}
                      danger={action === 'refuse'}
                      onClick={() => { setDoing(action); }}
                    >
                      {t(`action.${action}`)}
                    </Button>
                  ))}
              </div>
            )}
            {doing && (
              <Suspense fallback={null}>
                <ActionSheet key={doing} item={item} action={doing} onClose={() => { setDoing(null); }} />
              </Suspense>
            )}
          </>
        )}
      </Faces>
    </div>
  );
}
