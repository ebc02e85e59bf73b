import { Route, Routes } from 'react-router';
import EntryPage from './EntryPage';
import PlaybooksPage from './PlaybooksPage';

/** The pages of the library. */
export default function PlaybookRoutes() {
  return (
    <Routes>
      <Route path="/" element={<PlaybooksPage />} />
      <Route path=":id" element={<EntryPage />} />
    </Routes>
  );
}
