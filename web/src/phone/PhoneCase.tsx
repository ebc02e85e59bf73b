import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import type { CaseAction } from '@/api/types';
import { CaseFacts } from '@/features/approvals/CaseFacts';
import { CasePath } from '@/features/approvals/CasePath';
import { CaseSteps } from '@/features/approvals/CaseSteps';
import { useCase } from '@/features/approvals/cases';
import { useNoteSeen } from '@/features/approvals/seen';
import { Faces } from '@/ui/faces';
import { PhoneAgree } from './PhoneAgree';
import css from './phone.module.css';

const loadAnswer = () => import('./PhoneAnswer');
const PhoneAnswer = lazy(loadAnswer);
const first: CaseAction[] = ['agree', 'refuse', 'resubmit'];

/** One approval on a phone: its facts, its way, and the answer at the bottom of the screen. */
export default function PhoneCase() {
  const { t } = useTranslation('approvals');
  const id = Number(useParams()['id']);
  const found = useCase(id);
  useNoteSeen(id, found.data?.my.ask_id);
  const [doing, setDoing] = useState<CaseAction | null>(null);
  const [more, setMore] = useState(false);
  const actions = found.data?.my.actions ?? [];
  const button = (action: CaseAction, label = t(`action.${action}`)) => (
    <button
      key={action}
      type="button"
      className={action === 'agree' || action === 'resubmit' ? css.primary : css.plain}
      onPointerDown={() => void loadAnswer()}
      onClick={() => {
        setMore(false);
        setDoing(action);
      }}
    >
      {label}
    </button>
  );
  const others = actions.filter((action) => !first.includes(action));
  // Where nothing is to be filled, one tap agrees: the notice was the first of two.
  const isPlain = actions.includes('agree') && !found.data?.form.some((row) => row.access === 'edit');
  const main = first.filter((action) => actions.includes(action) && !(isPlain && action === 'agree'));
  const buttons = (
    <>
      {main.map((action) => button(action))}
      {(others.length > 0 || isPlain) && (
        <button
          type="button"
          className={css.plain}
          aria-expanded={more}
          onClick={() => {
            setMore(!more);
          }}
        >
          {t('more', { ns: 'ui' })}
        </button>
      )}
    </>
  );
  const toolbar = found.data && actions.length > 0 && (
    <div className={css.bottom} role="toolbar" aria-label={t('actions', { ns: 'ui' })}>
      {more && (
        <div className={css.others}>
          {isPlain && button('agree', t('case.withFiles'))}
          {others.map((action) => button(action))}
        </div>
      )}
      {isPlain ? <PhoneAgree item={found.data}>{buttons}</PhoneAgree> : <div className={css.row}>{buttons}</div>}
    </div>
  );
  return (
    <>
      <Link to="/approvals" className={css.back}>
        ← {t('inbox.title')}
      </Link>
      <Faces query={found} rows={10}>
        {(item) => (
          <>
            <section className={css.panel} aria-label={item.title}>
              <CaseFacts item={item} />
            </section>
            <section className={css.panel} aria-labelledby="path">
              <h2 id="path">{t('case.path')}</h2>
              <CasePath nodes={item.nodes} />
              <CaseSteps steps={item.steps} />
            </section>
            {!doing && toolbar}
            {doing && (
              <Suspense fallback={toolbar}>
                <PhoneAnswer
                  key={doing}
                  item={item}
                  action={doing}
                  onClose={() => {
                    setDoing(null);
                  }}
                />
              </Suspense>
            )}
          </>
        )}
      </Faces>
    </>
  );
}
