// Camera, microphone and sound, tried on the spot: nothing is recorded, nothing is sent.
const page = document.querySelector("[data-equipment]");
const part = (name) => page.querySelector(`[data-${name}]`);
const say = (name) => {
  part("said").textContent = part("said").dataset[name];
};
let audio;
const sound_engine = () => (audio ??= new AudioContext());

const show_level = (stream) => {
  const meter = sound_engine().createAnalyser();
  sound_engine().createMediaStreamSource(stream).connect(meter);
  const samples = new Uint8Array(meter.fftSize);
  part("level").hidden = false;
  const draw = () => {
    meter.getByteTimeDomainData(samples);
    const loudest = Math.max(...samples.map((sample) => Math.abs(sample - 128)));
    part("level").querySelector("progress").value = Math.min(100, loudest * 2);
    if (stream.active) requestAnimationFrame(draw);
  };
  draw();
};

const try_devices = async () => {
  say("asking");
  try {
    const stream = await navigator.mediaDevices.getUserMedia({ video: true, audio: true });
    const picture = part("picture");
    picture.srcObject = stream;
    picture.hidden = false;
    await picture.play();
    show_level(stream);
    say("works");
    addEventListener("pagehide", () => stream.getTracks().forEach((track) => track.stop()));
  } catch {
    say("refused");
  }
};

const play_sound = () => {
  const engine = sound_engine();
  const note = engine.createOscillator();
  const volume = engine.createGain();
  volume.gain.setValueAtTime(0.2, engine.currentTime);
  volume.gain.exponentialRampToValueAtTime(0.001, engine.currentTime + 1);
  note.frequency.value = 523;
  note.connect(volume).connect(engine.destination);
  note.start();
  note.stop(engine.currentTime + 1);
};

page.hidden = false;
part("try").addEventListener("click", try_devices);
part("sound").addEventListener("click", play_sound);
