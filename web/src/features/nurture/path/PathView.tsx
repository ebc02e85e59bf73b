import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { NurturePath } from '@/api/types';
import css from '@/features/nurture/Nurture.module.css';
import { usePath, usePathReport } from '@/features/nurture/paths';
import { Empty, Faces } from '@/ui/faces';
import { Leaves } from './Beside';
import { Canvas } from './Canvas';
import { definitionOf } from './definition';
import { figuresOf, wordsOf } from './reading';
import { FigureSheet } from './FigureSheet';
import type { Figure } from './editing';
import { PathBar } from './PathBar';
import { PathFigures } from './PathFigures';
import VersionsSheet from './VersionsSheet';

const nothing = new Map<string, never>();

function Read({ path }: { path: NurturePath }) {
  const { t } = useTranslation('nurture');
  const definition = useMemo(() => definitionOf({ ...path, draft: null }), [path]);
  const words = useMemo(() => wordsOf(path.sentences), [path.sentences]);
  const report = usePathReport(path.key, path.version);
  const [figure, setFigure] = useState<Figure | null>(null);
  const [isComparing, setComparing] = useState(false);
  const editing = {
    definition,
    act: null,
    opened: null,
    picked: null,
    faults: nothing,
    words,
    figures: figuresOf(report.data),
    onFigure: setFigure,
    marks: nothing,
  };
  return (
    <div className={css.page}>
      <PathBar path={path} definition={definition} saving="saved" faults={[]} undo={null} redo={null} mayChange={false} mayPublish={false} onPublish={() => undefined} onOpen={() => { setComparing(true); }} onFault={() => undefined} />
      {path.version === null ? (
        <Empty title={t('neverPublished')} hint={t('paths.notYet')} />
      ) : (
        <div className={css.editor}>
          <Canvas editing={editing} onMove={() => undefined} />
          <aside className={css.side}>
            {report.data && <PathFigures path={path.key} report={report.data} />}
            <Leaves definition={definition} words={words} faults={[]} onOpen={null} />
          </aside>
        </div>
      )}
      {figure && <FigureSheet path={path.key} version={path.version} figure={figure} onClose={() => { setFigure(null); }} />}
      {isComparing && <VersionsSheet path={path} draft={null} onTake={null} onClose={() => { setComparing(false); }} />}
    </div>
  );
}

/** A path for those who may not change it: what it does and how it goes. */
export default function PathView({ pathKey }: { pathKey: string }) {
  const path = usePath(pathKey);
  return (
    <Faces query={path} rows={12}>
      {(data) => <Read path={data} />}
    </Faces>
  );
}
