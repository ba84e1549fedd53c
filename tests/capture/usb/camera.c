/*
 * A USB camera for tests: what a Linux program that is preloaded with this finds at /dev/video9.
 *
 * It answers the calls of the Video4Linux API (linux/videodev2.h) as the driver of such cameras does, so that OpenCV's own
 * way to a camera runs, with neither a camera nor a driver there. As on the real bus a picture takes all of a thirtieth
 * of a second to arrive, and one for which no buffer waits when it begins is lost.
 *
 * In the folder CAMERA lie "pictures", 640 x 480 in YUYV one after the other, each of which is sent EACH times, and
 * "state": one word that says what is the matter with it (plugged, unplugged, hung, busy, denied).
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/videodev2.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#define DEVICE "/dev/video9"
#define WIDTH 640
#define HEIGHT 480
#define SIZE (WIDTH * HEIGHT * 2)
#define FPS 30
#define BUFFERS 10
#define REAL(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))

struct queue {
  int at[BUFFERS], length;
};

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_t sender;
static int camera = -1, streaming, filling = -1;
static unsigned buffers, number, each = 1;
static struct queue waiting, done;
static struct timespec begun[BUFFERS];
static unsigned char *memory[BUFFERS], *pictures;
static size_t pictures_size;

static void push(struct queue *queue, int k) { queue->at[queue->length++] = k; }

static int pop(struct queue *queue) {
  if (!queue->length) return -1;
  int first = queue->at[0];
  memmove(queue->at, queue->at + 1, sizeof(int) * --queue->length);
  return first;
}

static const char *in_folder(char *path, size_t size, const char *name) {
  snprintf(path, size, "%s/%s", getenv("CAMERA"), name);
  return path;
}

static int is(const char *word) {
  char path[4096], told[32] = "";
  FILE *file = fopen(in_folder(path, sizeof path, "state"), "r");
  if (file && fscanf(file, "%31s", told) != 1) told[0] = 0;
  if (file) fclose(file);
  return !strcmp(told, word);
}

static int failed(int error) {
  errno = error;
  return -1;
}

/* ---------------------------------------------------------------- the bus: a picture after the other */
static void begin_picture(const struct timespec *now) {
  filling = pop(&waiting);
  if (filling >= 0) {
    begun[filling] = *now;
    memcpy(memory[filling], pictures + (number / each % (pictures_size / SIZE)) * SIZE, SIZE);
  }
  number++;
}

static void *send(void *unused) {
  struct timespec next;
  (void)unused;
  clock_gettime(CLOCK_MONOTONIC, &next);
  while (streaming) {
    if ((next.tv_nsec += 1000000000L / FPS) >= 1000000000L) next.tv_nsec -= 1000000000L, next.tv_sec++;
    clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &next, NULL);
    int gone = is("unplugged"), hangs = is("hung");
    pthread_mutex_lock(&lock);
    if (gone) eventfd_write(camera, 1); /* whoever waits is woken, and told */
    if (!gone && !hangs) {
      if (filling >= 0) push(&done, filling), eventfd_write(camera, 1);
      begin_picture(&next);
    }
    pthread_mutex_unlock(&lock);
  }
  return NULL;
}

static void stop(void) {
  if (!streaming) return;
  streaming = 0;
  pthread_join(sender, NULL);
  waiting.length = done.length = 0;
  filling = -1;
}

/* ---------------------------------------------------------------- what a program asks */
static void tell_format(struct v4l2_format *format) {
  struct v4l2_pix_format *picture = &format->fmt.pix;
  memset(picture, 0, sizeof *picture);
  picture->width = WIDTH, picture->height = HEIGHT, picture->pixelformat = V4L2_PIX_FMT_YUYV;
  picture->field = V4L2_FIELD_NONE, picture->colorspace = V4L2_COLORSPACE_SRGB;
  picture->bytesperline = WIDTH * 2, picture->sizeimage = SIZE;
}

static int take(struct v4l2_buffer *buffer) {
  eventfd_t one;
  if (eventfd_read(camera, &one)) return -1; /* EAGAIN */
  pthread_mutex_lock(&lock);
  int k = pop(&done);
  pthread_mutex_unlock(&lock);
  if (k < 0) return failed(EAGAIN);
  buffer->index = (unsigned)k, buffer->bytesused = buffer->length = SIZE, buffer->field = V4L2_FIELD_NONE;
  buffer->flags = V4L2_BUF_FLAG_MAPPED | V4L2_BUF_FLAG_TIMESTAMP_MONOTONIC;
  buffer->timestamp.tv_sec = begun[k].tv_sec, buffer->timestamp.tv_usec = begun[k].tv_nsec / 1000;
  return 0;
}

static int give(const struct v4l2_buffer *buffer) {
  if (buffer->index >= buffers) return failed(EINVAL);
  pthread_mutex_lock(&lock);
  push(&waiting, (int)buffer->index);
  pthread_mutex_unlock(&lock);
  return 0;
}

static int start(void) {
  streaming = 1;
  return pthread_create(&sender, NULL, send, NULL) ? failed(ENOMEM) : 0;
}

static int ask_buffers(struct v4l2_requestbuffers *wanted) {
  if (is("busy")) return failed(EBUSY);
  if (wanted->count > BUFFERS) wanted->count = BUFFERS;
  buffers = wanted->count, waiting.length = done.length = 0;
  return 0;
}

static int answer(unsigned long request, void *asked) {
  if (is("unplugged")) return failed(ENODEV);
  switch (request) {
    case VIDIOC_QUERYCAP: {
      struct v4l2_capability *can = asked;
      memset(can, 0, sizeof *can);
      strcpy((char *)can->card, "Camera of the tests");
      can->device_caps = V4L2_CAP_VIDEO_CAPTURE | V4L2_CAP_STREAMING;
      can->capabilities = can->device_caps | V4L2_CAP_DEVICE_CAPS;
      return 0;
    }
    case VIDIOC_ENUMINPUT:
      ((struct v4l2_input *)asked)->type = V4L2_INPUT_TYPE_CAMERA;
      return ((struct v4l2_input *)asked)->index ? failed(EINVAL) : 0;
    case VIDIOC_S_FMT:
      if (is("busy") || buffers) return failed(EBUSY);
      /* fall through */
    case VIDIOC_TRY_FMT:
    case VIDIOC_G_FMT:
      tell_format(asked);
      return 0;
    case VIDIOC_S_PARM:
    case VIDIOC_G_PARM: {
      struct v4l2_captureparm *pace = &((struct v4l2_streamparm *)asked)->parm.capture;
      pace->capability = V4L2_CAP_TIMEPERFRAME, pace->timeperframe = (struct v4l2_fract){1, FPS};
      return 0;
    }
    case VIDIOC_REQBUFS:
      return ask_buffers(asked);
    case VIDIOC_QUERYBUF: {
      struct v4l2_buffer *about = asked;
      about->length = SIZE, about->m.offset = about->index * SIZE;
      return about->index < buffers ? 0 : failed(EINVAL);
    }
    case VIDIOC_QBUF:
      return give(asked);
    case VIDIOC_DQBUF:
      return take(asked);
    case VIDIOC_STREAMON:
      return start();
    case VIDIOC_STREAMOFF:
      stop();
      return 0;
    default:
      return failed(EINVAL);
  }
}

static int plug(void) {
  char path[4096];
  struct stat about;
  if (is("unplugged")) return failed(ENOENT);
  if (is("denied")) return failed(EACCES);
  if (!pictures) {
    int file = REAL(open)(in_folder(path, sizeof path, "pictures"), O_RDONLY);
    if (file < 0 || fstat(file, &about) || about.st_size < SIZE) abort();
    if (getenv("EACH")) each = (unsigned)atoi(getenv("EACH"));
    pictures_size = (size_t)about.st_size;
    pictures = REAL(mmap)(NULL, pictures_size, PROT_READ, MAP_PRIVATE, file, 0);
    REAL(close)(file);
  }
  buffers = 0;
  return camera = eventfd(0, EFD_SEMAPHORE | EFD_NONBLOCK | EFD_CLOEXEC);
}

/* ---------------------------------------------------------------- in the place of the system's calls */
static int opened(const char *path, int flags, mode_t mode) {
  return strcmp(path, DEVICE) ? REAL(open)(path, flags, mode) : plug();
}

int open(const char *path, int flags, ...) {
  va_list rest;
  va_start(rest, flags);
  mode_t mode = va_arg(rest, mode_t);
  va_end(rest);
  return opened(path, flags, mode);
}

int open64(const char *path, int flags, ...) {
  va_list rest;
  va_start(rest, flags);
  mode_t mode = va_arg(rest, mode_t);
  va_end(rest);
  return opened(path, flags | O_LARGEFILE, mode);
}

int close(int file) {
  if (file >= 0 && file == camera) {
    stop();
    camera = -1, buffers = 0;
  }
  return REAL(close)(file);
}

void *mmap(void *at, size_t length, int protection, int flags, int file, off_t offset) {
  if (file < 0 || file != camera) return REAL(mmap)(at, length, protection, flags, file, offset);
  void *place = REAL(mmap)(NULL, length, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  return memory[offset / SIZE] = place;
}

void *mmap64(void *at, size_t length, int protection, int flags, int file, off64_t offset) {
  return mmap(at, length, protection, flags, file, offset);
}

int ioctl(int file, unsigned long request, ...) {
  va_list rest;
  va_start(rest, request);
  void *asked = va_arg(rest, void *);
  va_end(rest);
  return file >= 0 && file == camera ? answer(request, asked) : REAL(ioctl)(file, request, asked);
}
