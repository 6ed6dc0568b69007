/**
 * What `loopscope serve` says beside the steps: Chinese.
 * @module
 */

/** The texts by key. */
export const serve = {
  'banner.open': '聊天室开了：{url}',
  'banner.page': '它的页面：{url}',
  'banner.controls': '控制：{url}',
  'banner.controls.url': '有这个地址的人来控制每一步；别人只能看：',
  'banner.controls.keys': '控制：用这个终端的键盘；按 o 打开也能控制的页面',
  'banner.controls.join': '按 u 看别人怎样加入；他们只能看：',
  'banner.join': '加入：    {command}',
  'banner.join.page': '或者打开 {url}',
  'banner.join.disk': '或者在浏览器里打开 examples/client.html',
  'banner.join.diskAllowed':
    '或者先用 serve --allow-origin null，再在浏览器里打开 examples/client.html',
  'banner.stop': 'Ctrl-C 停止',
  'banner.stop.stepper': 'q 或 Ctrl-C 停止',
  'banner.file': '步写进 {file}',
  'banner.taken': '端口 {port} 被占用了，所以用下一个空闲的',
  'banner.others': '给这个网络里的别人：',
  'banner.others.page': '{room}，页面 {url}',
  'class.folder': '这个班做的都存在 {folder}，不存在别处。',
  'class.desk': '讲台：{url}',
  'class.desk.url': '有这个地址的人来管投票；下次启动还是这个地址',
  'class.join': '加入：{url}',
  'class.loopback': '只给这台机器用：没有找到网络，或者 --host 不让别人进来',
  'join.loopback': '只给这台机器用；serve --host 0.0.0.0 让别人进来',
  'join.back': '按任意键回到步',
  'stop.room': '正在停止：每个客户端都收到关闭帧 1001。',
  'stop.original': '正在停止：每个连接都断开，就像 Ctrl-C 结束 PHP 那样。',
  'story.ends': '经过到这里为止：{why}；服务器还在继续',
  'file.ends': '{file} 到这里为止：{why}；服务器还在继续',
  'page.none': '没有页面：不加 --no-page 的 serve --step 才有',
  'page.opens': '带控制的页面在这台机器的浏览器里打开了',
  'page.noBrowser': '这里打不开浏览器；不用终端（serve --step < /dev/null）会打印地址',
  'title.original': '原版，{url}',
} as const;
