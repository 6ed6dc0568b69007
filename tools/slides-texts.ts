/**
 * What the slides say beside what the lessons do, by key and language.
 * @module
 */

const en = {
  'first.title': 'Inside a chat server',
  'first.of': 'Route {route}: {n} lessons',
  bridge: 'In between',
  question: 'Lesson {number}: {title}',
  vote: 'Which letter? Write it down, or vote, before anything runs.',
  demo: 'Lesson {number}: what really happens',
  'demo.link': 'Here is the live Scope: {address}',
  answer: 'It is {letter}',
  exercise: 'Your turn: the exercise of lesson {number}',
  'exercise.home': 'At home: the exercise of lesson {number}',
  'exercise.how': 'In the page: Learn, lesson {number}. In a terminal: {command}.',
  idea: 'What was learnt',
  'notes.vote': 'Open the question at the desk; let all answer, show, let them talk, ask again.',
  'notes.demo':
    'The keys are for the slides until you click into the demo; from there, go on with the button below.',
  'notes.minutes': '{n} minutes in all for this lesson.',
  'notes.expect': 'Expect: {text}',
  keys: 'arrows · n: notes · f: full screen',
  notes: 'notes',
} as const;

const zh: Readonly<Record<keyof typeof en, string>> = {
  'first.title': '聊天服务器的里面',
  'first.of': '路线 {route}：{n} 课',
  bridge: '中间跳过的',
  question: '第 {number} 课：{title}',
  vote: '选哪个字母？先写下来或投票，再运行。',
  demo: '第 {number} 课：其实是这样',
  'demo.link': '这里是可以操作的示波页：{address}',
  answer: '答案是 {letter}',
  exercise: '轮到你了：第 {number} 课的练习',
  'exercise.home': '回家做：第 {number} 课的练习',
  'exercise.how': '在页面里：学，第 {number} 课。在终端里：{command}。',
  idea: '学到了什么',
  'notes.vote': '在讲台页打开这个问题；大家都答了再公布，让他们讨论，然后再问一次。',
  'notes.demo': '点进演示以前，按键翻的是幻灯片；点进去以后，用下面的按钮往下翻。',
  'notes.minutes': '这一课一共 {n} 分钟。',
  'notes.expect': '可能遇到：{text}',
  keys: '方向键 · n：备注 · f：全屏',
  notes: '备注',
};

/** Both tables. */
export const slidesTexts = { en, zh };
